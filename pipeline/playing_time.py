"""Write playing times as a player shows them."""


def clock(seconds: float) -> str:
    """Minutes and seconds, such as 15:48."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
