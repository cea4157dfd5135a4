"""This room draws the loss as a surface, seen from a viewpoint that can move."""
