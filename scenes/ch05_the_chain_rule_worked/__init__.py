"""The chain rule, worked: the loss is differentiated, one rule at a time."""
