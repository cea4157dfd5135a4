"""What the command line says no to, in one line."""


class RefusalError(ValueError):
    """What was asked for cannot be done; the message is the one line to tell."""
