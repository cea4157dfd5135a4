"""What chapter 14 says of steps by single points: whether they settle, and around what."""

from scenes.kit.wording import Message, message


def noisy_points(graph: Message, exact: bool) -> Message:
    """That no line meets all points; those of the lesson, if ``exact``, are shaken first."""
    if exact:
        return message(
            "Real points are noisy. Shake every y, and no {graph} meets them all.", graph=graph
        )
    return message("These points are noisy: no {graph} meets them all. Let it run on.", graph=graph)


def a_cloud(arrived: bool) -> Message:
    """Around what the steps jitter: the minimum, once they have ``arrived`` about it."""
    if arrived:
        return message(
            "Here the gradients cancel only on average. "
            "It jitters for ever, in a cloud around the minimum."
        )
    return message(
        "Here the gradients cancel only on average. "
        "It jitters for ever, in a cloud around the valley floor."
    )
