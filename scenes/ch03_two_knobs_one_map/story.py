"""What chapter 3 decides of its map: how far the knobs are turned, and which ring is gone round."""

from dataclasses import dataclass

import numpy as np

from gdmath import Convergence, FloatArray, LessonError, NumericLoss
from gdmath.clipping import rings
from gdmath.requirements import slope_index
from scenes.kit.wording import Message, Values, message, unicode_name

CLOSER = 20
"""Number of rings that are looked at inside the lowest of the map, each a quarter as high."""
HALFWAY = 0.6
"""Share of the distance to its best by which the second knob is turned at first."""
FAN = 4
"""Lines in a row of those that stand for all."""

Window = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's ``loss``, and the sentences that depend on them.

    ``graph`` is what the prediction is drawn as.
    """

    loss: NumericLoss
    theory: Convergence
    graph: Message

    @property
    def halfway(self) -> float:
        """The second parameter, turned part of its distance to the best."""
        start, best = self.loss.lesson.start[1], self.theory.minimum[1]
        return float(start + HALFWAY * (best - start))

    @property
    def seen(self) -> FloatArray:
        """What the map shows, (2, 2): as far beyond the minimum as the start is before it."""
        start = self.loss.lesson.start
        return np.array([start, 2 * self.theory.minimum - start])

    @property
    def stops(self) -> FloatArray:
        """The parameters at which a knob is let go, (4, 2)."""
        (a0, b0), (a1, b1) = self.loss.lesson.start, self.theory.minimum
        return np.array([(a0, b0), (a1, b0), (a1, self.halfway), (a1, b1)])

    def whole_ring(self, levels: FloatArray, bounds: Window) -> tuple[float, FloatArray]:
        """The highest level of which a map shows a ring from end to end, and that ring (k, 2).

        Of the ``levels`` of the map, or else of lower ones: in a narrow bowl all of them may be cut
        at the ``bounds``. Raises LessonError if there is none.
        """
        least, lowest = self.theory.minimum_loss, levels.min()
        below = least + (lowest - least) * 0.25 ** np.arange(1, CLOSER)
        for level in (*sorted(levels, reverse=True), *below):
            pieces = rings(self.loss, level, bounds)
            if len(pieces) == 1 and np.allclose(pieces[0][0], pieces[0][-1]):
                return float(level), pieces[0]
        raise LessonError("no ring about the minimum is whole on the map; choose another start")

    def the_knob(self, parameter: int) -> Message:
        """What turning a parameter (0 or 1) does to the line, and to its dot on the map."""
        start, target = self.loss.lesson.start[parameter], self.stops[2, parameter]
        way = message("across")
        if parameter:
            way = message("up") if target > start else message("down")
        name = unicode_name(self.loss.lesson.parameters[parameter])
        values: Values = {"name": name, "graph": self.graph, "way": way}
        slope = slope_index(self.loss.lesson)
        if slope is None:
            return message("Turn {name}: the {graph} changes, and the dot walks {way}.", **values)
        if slope == parameter:
            return message("Turn {name}: the line tilts, and the dot walks {way}.", **values)
        if target > start:
            return message("Turn {name}: the line rises, and the dot walks {way}.", **values)
        return message("Turn {name}: the line sinks, and the dot walks {way}.", **values)

    @property
    def fan(self) -> FloatArray:
        """Some parameters all over the map, (k, 2)."""
        (low_a, low_b), (high_a, high_b) = np.sort(self.seen, axis=0)
        a, b = np.meshgrid(np.linspace(low_a, high_a, FAN), np.linspace(low_b, high_b, FAN))
        return np.column_stack([a.ravel(), b.ravel()])
