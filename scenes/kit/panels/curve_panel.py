"""A CurvePanel draws a series of the descent, such as the loss, against the step."""

import numpy as np
from manim import Dot, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps.live_arrow import between
from scenes.kit.maps.map_panel import growing_path
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE

HEADROOM = 0.06
"""Share of the height left free above the curve."""


class CurvePanel(Plane):
    """``series`` (steps + 1,) over the steps of the clock's trajectory; zero is in sight."""

    def __init__(
        self,
        region: Region,
        clock: DescentClock,
        series: ArrayLike,
        name: str,
        color: str = PALETTE.loss,
    ) -> None:
        values = np.asarray(series, dtype=float)
        steps, lowest, highest = len(values) - 1, values.min(initial=0), values.max(initial=0)
        room = HEADROOM * float(highest - lowest)
        low, high = float(lowest) - room * (lowest < 0), float(highest) + room * (highest > 0)
        super().__init__(region, Scale(0, steps, '"step"'), Scale(low, high, name, color))
        self.clock, self.ink = clock, color
        self.rows = np.column_stack([np.arange(steps + 1), values])

    def curve(self) -> VMobject:
        """The series up to the clock's step."""
        path = growing_path(self, self.clock, self.rows, quantity="series")
        return path.set_stroke(self.ink, STROKE.path)

    def head(self) -> Dot:
        """The present value, riding on the curve."""
        return head(self, self.clock, self.rows, self.ink, "series")


def head(
    plane: Plane, clock: DescentClock, rows: NDArray[np.float64], color: str, quantity: str
) -> Dot:
    """The present one of ``rows`` (k, 2), a dot that rides on their curve."""

    def value() -> NDArray[np.float64]:
        return between(rows, clock.time)

    dot = Dot(radius=0.08, color=color).set_z_index(3)
    dot.add_updater(lambda d: d.move_to(plane.point(*value())), call_updater=True)
    bind(dot, quantity, lambda: plane.p2c(dot.get_center())[0], value)
    return dot
