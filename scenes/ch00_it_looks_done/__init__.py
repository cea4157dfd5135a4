"""A picture that has stopped is not a descent that has arrived."""
