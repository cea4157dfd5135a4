"""Knobs: two parameters turned by hand, one after the other or round a ring; each on a dial."""

from collections.abc import Callable, Sequence

import numpy as np
from manim import Circle, Line, ValueTracker, VGroup

from gdmath import Convergence, FloatArray, NumericLoss
from scenes.kit.frame import Region
from scenes.kit.knobs import Knobs
from scenes.kit.maps import MapPanel
from scenes.kit.plane import Scale
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text import LOSS, Quantity
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import live
from scenes.kit.wording import significant, suited

FIRST, SWEEP = 1.25 * np.pi, 1.5 * np.pi
"""The angle of a pointer at the lowest value, and how far it turns from there to the highest."""
BELOW = 0.75
"""Units of height that the name and the number below a dial take."""
INDENT = 0.9
"""Units from the middle of a dial to where its name begins."""


class RingKnobs(Knobs):
    """Two knobs, and a ``trip`` they may go on: its tracker holds how much is done, 0 to 1.

    The trip goes once round a closed level curve ``ring`` (k, 2). It begins and ends in the flat
    direction from the minimum. Its pace is even where each axis of the bowl is measured in its own
    unit: round an ellipse, that is by the angle.
    """

    def __init__(self, start: FloatArray, theory: Convergence, ring: FloatArray) -> None:
        super().__init__(start)
        self.trip, self.on_trip = ValueTracker(0.0), False
        places = ring[:-1]
        offsets = theory.coordinates(places) * np.sqrt(theory.eigenvalues)
        tip = int(np.argmin(np.abs(offsets[:, 1]) + (offsets[:, 0] > 0) * np.ptp(offsets)))
        order = np.arange(tip, tip + len(places) + 1) % len(places)
        self.ring = places[order]
        lengths = np.linalg.norm(np.diff(offsets[order], axis=0), axis=1)
        self.shares = np.append(0.0, np.cumsum(lengths) / lengths.sum())

    def here(self) -> FloatArray:
        """The present parameters, shape (2,)."""
        if not self.on_trip:
            return super().here()
        return np.array([np.interp(self.done, self.shares, column) for column in self.ring.T])

    @property
    def done(self) -> float:
        """How much of the trip is done."""
        return float(np.clip(self.trip.get_value(), 0, 1))

    def walked(self) -> FloatArray:
        """The ring as far as the trip has got, (k, 2)."""
        return np.vstack([self.ring[self.shares < self.done], self.here()])

    def leave_the_trip(self) -> None:
        """Let the knobs take over where the trip has got to."""
        for knob, value in zip((self.first, self.second), self.here(), strict=True):
            knob.set_value(value)
        self.on_trip = False


class Dial(VGroup):
    """A knob: its pointer and the number below say where ``at()`` is on the ``scale``."""

    def __init__(self, region: Region, scale: Scale, at: Callable[[], float]) -> None:
        radius = min(region.width, region.height - BELOW) / 2
        middle = np.array([region.centre[0], region.top - radius, 0])
        rim = Circle(radius).move_to(middle).set_stroke(PALETTE.scaffold, STROKE.line)
        pointer = Line().set_stroke(PALETTE.parameters, 2 * STROKE.line)

        def place(pointer: Line) -> None:
            angle = FIRST - SWEEP * (at() - scale.low) / scale.span
            ahead = radius * np.array([np.cos(angle), np.sin(angle), 0])
            pointer.points = np.linspace(middle + 0.25 * ahead, middle + 0.9 * ahead, 4)

        def drawn() -> list[float]:
            across, up, _ = pointer.get_end() - middle
            turned = (FIRST - np.arctan2(up, across)) % (2 * np.pi)
            return [scale.low + scale.span * turned / SWEEP]

        live(pointer, place, lambda: np.array([at()]))
        bind(pointer, "parameter on the dial", drawn, lambda: [at()])
        write = suited([scale.low, scale.high], 1)
        foot = np.array([middle[0] - INDENT, region.bottom + 0.1, 0])
        number = Quantity(scale.name, lambda: write(at()), foot, SIZE.equation, PALETTE.parameters)
        super().__init__(decoration(rim), pointer, number)


def dials(knobs: Knobs, panel: MapPanel, regions: Sequence[Region]) -> VGroup:
    """A dial for each parameter, with the range of the map."""
    return VGroup(
        *(
            Dial(region, scale, lambda k=k: float(knobs.here()[k]))  # type: ignore[misc]
            for k, (region, scale) in enumerate(zip(regions, (panel.x, panel.y), strict=True))
        )
    )


def reading(region: Region, loss: NumericLoss, at: Callable[[], FloatArray]) -> Quantity:
    """The loss of ``at()`` (2,) in digits."""
    foot = np.array([region.left, region.centre[1], 0])
    value = lambda: significant(float(loss.value(at())))  # noqa: E731
    return Quantity(LOSS.name, value, foot, SIZE.equation, PALETTE.loss)
