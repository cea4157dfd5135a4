"""Fix the bowl, not the step: the scale of x decides the bowl's shape, and we may choose it."""
