"""Every step on one clock: the rate never changes, and yet the walk slows down."""
