"""What a move of the parameters does to the line or curve drawn, in words."""

from gdmath import FloatArray
from gdmath.pivot import pivot
from gdmath.requirements import is_line
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.wording import Message, Values, message

MUCH = 4.0
"""How much less the loss must grow for residuals, which grow as its root, to grow far less."""


def turning_point(panel: DataPanel, way: FloatArray) -> float | None:
    """The x about which the line turns along ``way`` (2,); None if ``panel`` does not show it."""
    x = pivot(panel.loss.lesson, way)
    return x if x is not None and panel.x.low < x < panel.x.high else None


def effect_of_a_move(panel: DataPanel, x: float | None, is_flat: bool, kappa: float) -> Message:
    """What a move does that turns the line about ``x``, or about nothing that is seen.

    The bowl's condition number ``kappa`` tells how much less the loss grows along the flat way.
    """
    little = message("far less") if kappa > MUCH else message("less")
    pace = little if is_flat else message("fast")
    lesson = panel.loss.lesson
    straight, points = is_line(lesson), lesson.x
    if x is not None:
        about: Values = {"x": panel.write_x(x), "pace": pace}
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
    residuals = panel.loss.is_quadratic
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
