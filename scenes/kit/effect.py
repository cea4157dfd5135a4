"""What a move of the parameters does to the line or curve drawn, in words."""

from gdmath import FloatArray
from gdmath.pivot import pivot
from gdmath.traits import is_line
from scenes.kit.panels.data_panel import DataPanel

MUCH = 4.0
"""How much less the loss must grow for residuals, which grow as its root, to grow far less."""


def turning_point(panel: DataPanel, way: FloatArray) -> float | None:
    """The x about which the line turns along ``way`` (2,); None if ``panel`` does not show it."""
    x = pivot(panel.loss.lesson, way)
    return x if x is not None and panel.x.low < x < panel.x.high else None


def effect_of_a_move(panel: DataPanel, x: float | None, is_flat: bool, kappa: float) -> str:
    """What a move does that turns the line about ``x``, or about nothing that is seen.

    The bowl's condition number ``kappa`` tells how much less the loss grows along the flat way.
    """
    pace = ("far less" if kappa > MUCH else "less") if is_flat else "fast"
    lesson = panel.loss.lesson
    straight, points = is_line(lesson), lesson.x
    if x is not None:
        amid = ", amid the points" if points.min() < x < points.max() else ""
        return f"turns it about x = {panel.write_x(x)}{amid}: residuals grow {pace}"
    if straight and not is_flat:
        return "lifts the whole line, and every residual grows"
    if not lesson.prediction.free_symbols.issuperset(lesson.parameters):
        # A spread, as of a likelihood, is nothing that is drawn among the points.
        return f"raises the loss {pace}"
    grows = "the residuals grow" if panel.loss.is_quadratic else "the loss grows"
    return (
        f"{'lifts the whole line' if straight else 'changes the whole curve'}, and {grows} {pace}"
    )
