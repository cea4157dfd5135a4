"""The bowl: the loss is a surface, the path lies on it, and the gradient lies in the map below."""
