"""What a move of the parameters does to the line or curve drawn, in words."""

from gdmath import FloatArray
from gdmath.pivot import pivot
from gdmath.traits import is_line
from scenes.kit.panels.data_panel import DataPanel


def turning_point(panel: DataPanel, way: FloatArray) -> float | None:
    """The x about which the line turns along ``way`` (2,); None if ``panel`` does not show it."""
    x = pivot(panel.loss.lesson, way)
    return x if x is not None and panel.x.low < x < panel.x.high else None


def effect_of_a_move(panel: DataPanel, x: float | None, is_flat: bool) -> str:
    """What a move does that turns the line about ``x``, or about nothing that is seen."""
    if x is not None:
        return f"turns it about x = {panel.write_x(x)}, amid the points: residuals grow far less"
    if is_line(panel.loss.lesson):
        return "lifts the whole line, and every residual grows"
    grows = "the residuals grow" if panel.loss.is_quadratic else "the loss grows"
    return f"moves all of it, and {grows} {'far less' if is_flat else 'fast'}"
