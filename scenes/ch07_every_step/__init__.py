"""Every step on one clock: a fixed learning rate does not mean fixed steps."""
