"""One point at a time: a step by a single point is crude and cheap, and noise unsettles it."""
