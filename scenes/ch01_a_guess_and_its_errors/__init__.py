"""Every point says how far off the line is, straight up and down."""
