"""What chapter 0 says of the notebook's clip: how many points, and whether it has arrived."""

from scenes.kit.arrival import CLOSE
from scenes.kit.wording import Message, Values, fixed, message, whole


def the_points(count: int, drawn: int, is_straight: bool) -> Message:
    """How many points there are, how many of them are drawn, and what is looked for."""
    sought = (
        message("Somewhere among all lines is the one that fits best.")
        if is_straight
        else message("Somewhere among all curves is the one that fits best.")
    )
    values: Values = {"count": whole(count), "drawn": whole(drawn), "sought": sought}
    if drawn == count:
        return message("{count} points. {sought}", **values)
    return message("{count} points. {drawn} of them are drawn. {sought}", **values)


def how_it_looks(graph: Message, looks_done: bool) -> Message:
    """What anyone would say of the last picture."""
    if looks_done:
        return message(
            "The {graph} lies on the points, and nothing moves any more. It looks done.",
            graph=graph,
        )
    return message("The clip is over, and the picture stands still. Is the descent done?")


def a_number(values: Values, is_first: bool) -> Message:
    """Where a parameter stands, and where it belongs: its ``name``, ``stands``, ``best``."""
    told = message("{name} is {stands}, and the best {graph} has {best}.", **values)
    return message("Ask for its numbers. {told}", told=told) if is_first else told


def arriving(step: int, graph: Message, looks_done: bool) -> Message:
    """After which step both parameters are close to the best."""
    values: Values = {"step": whole(step), "close": fixed(100 * CLOSE, 0), "graph": graph}
    if looks_done:
        return message(
            "Let it run on. Only after {step} updates are both within {close} %, "
            "and the {graph} hardly stirs.",
            **values,
        )
    return message("Let it run on. Only after {step} updates are both within {close} %.", **values)


def chapters_left_out(count: int) -> Message:
    """How many chapters a lesson goes without."""
    if count == 1:
        return message("One chapter does not apply to this lesson, and is left out.")
    return message(
        "{count} chapters do not apply to this lesson, and are left out.", count=whole(count)
    )
