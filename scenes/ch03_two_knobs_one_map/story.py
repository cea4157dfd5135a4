"""What chapter 3 says of the two knobs: how the line or curve and its dot answer them."""

from scenes.kit.wording import Message, Values, message


def the_first_knob(name: str, graph: Message, is_line: bool) -> Message:
    """What turning the parameter ``name`` does: a straight line swings."""
    if is_line:
        return message("Turn {name}: the line swings, and the dot walks across.", name=name)
    return message(
        "Turn {name}: the {graph} changes, and the dot walks across.", name=name, graph=graph
    )


def the_second_knob(name: str, graph: Message, is_line: bool, goes_up: bool) -> Message:
    """What turning the parameter ``name`` does: a straight line rises or sinks."""
    values: Values = {"name": name, "graph": graph}
    if is_line and goes_up:
        return message("Turn {name}: the line rises as a whole, and the dot walks up.", **values)
    if is_line:
        return message("Turn {name}: the line sinks as a whole, and the dot walks down.", **values)
    if goes_up:
        return message("Turn {name}: the {graph} changes again, and the dot walks up.", **values)
    return message("Turn {name}: the {graph} changes again, and the dot walks down.", **values)
