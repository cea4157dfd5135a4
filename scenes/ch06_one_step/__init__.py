"""One step: against the gradient, by the learning rate, both parameters at once."""
