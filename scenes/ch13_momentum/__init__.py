"""Momentum: a step that remembers the ones before carries speed, and so is more than a big one."""
