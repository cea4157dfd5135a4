"""What a move of the parameters does to the line or curve drawn, in words."""

from gdmath import NumericLoss
from gdmath.requirements import is_line
from scenes.kit.wording import Message, Values, message, suited

MUCH = 4.0
"""Condition number above which residuals, which grow as the root of the loss, grow far less."""


def effect_of_a_move(loss: NumericLoss, x: float | None, is_flat: bool, kappa: float) -> Message:
    """What a move does that turns the line about ``x``, or about nothing that is seen.

    The condition number ``kappa`` tells how much less the loss grows along the flat direction.
    """
    little = message("far less") if kappa > MUCH else message("less")
    pace = little if is_flat else message("fast")
    lesson = loss.lesson
    straight, points = is_line(lesson), lesson.x
    if x is not None:
        about: Values = {"x": suited(points)(x), "pace": pace}
        if points.min() < x < points.max():
            return message(
                "turns it about x = {x}, amid the points: residuals grow {pace}", **about
            )
        return message("turns it about x = {x}: residuals grow {pace}", **about)
    if straight and not is_flat:
        return message("lifts the whole line, and every residual grows")
    if not lesson.prediction.free_symbols.issuperset(lesson.parameters):
        # A spread, as of a likelihood, is nothing that is drawn among the points.
        return message("raises the loss {pace}", pace=pace)
    residuals = loss.is_quadratic
    if straight:
        return (
            message("lifts the whole line, and the residuals grow {pace}", pace=pace)
            if residuals
            else message("lifts the whole line, and the loss grows {pace}", pace=pace)
        )
    return (
        message("changes the whole curve, and the residuals grow {pace}", pace=pace)
        if residuals
        else message("changes the whole curve, and the loss grows {pace}", pace=pace)
    )
