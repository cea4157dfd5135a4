"""Flat panels: the data, curves of a descent, bars and scales, each on axes of its own."""
