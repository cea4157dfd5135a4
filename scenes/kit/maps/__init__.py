"""Maps of the loss over the two parameters, and what lies on them."""
