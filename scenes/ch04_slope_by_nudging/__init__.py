"""Slope by nudging: a second point close by measures the slope, until rounding spoils it."""
