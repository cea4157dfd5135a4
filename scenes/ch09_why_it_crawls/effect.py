"""What a move of the parameters does to the line or curve drawn, and what the points say to it."""

import numpy as np

from gdmath import Lesson
from scenes.kit.wording import Message, message, suited

DECIMALS = 2
FAR = 2.0
"""Spans of the points off at which a line that turns about such an x is lifted, for the eye."""
FAR_APART = 4.0
"""Condition number from which on few points complain where many did."""


def stiff_move(lesson: Lesson, x: float | None) -> Message:
    """What a move along the stiff direction does, which turns a line about ``x`` if about any."""
    if x is not None and lesson.x.min() < x < lesson.x.max():
        return message(
            "Moving this way turns the line steeply, and most points complain: we call it stiff."
        )
    if lesson.is_straight and x is not None and abs(x - lesson.x.mean()) < FAR * np.ptp(lesson.x):
        return message(
            "Moving this way swings the whole line, and every point complains: we call it stiff."
        )
    if lesson.is_straight:
        return message(
            "Moving this way lifts the whole line, and every point complains: we call it stiff."
        )
    return message(
        "Moving this way changes the whole curve, and points complain: we call it stiff."
    )


def flat_move(lesson: Lesson, x: float | None, kappa: float) -> Message:
    """What a move along the flat one does, in a bowl whose condition number is ``kappa``."""
    few = message("few complain") if kappa > FAR_APART else message("they complain less")
    if x is None:
        return message("Moving that way hardly matters to them, and {few}: flat.", few=few)
    at = suited(lesson.x, DECIMALS)(x)
    if lesson.x.min() < x < lesson.x.max():
        return message(
            "Moving that way turns it about x = {x}, amid the points, and {few}: flat.",
            x=at,
            few=few,
        )
    return message("Moving that way turns it about x = {x}, and {few}: flat.", x=at, few=few)
