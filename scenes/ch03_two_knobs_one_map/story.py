"""What chapter 3 decides of its map: how far the knobs are turned, and which ring is gone round."""

from dataclasses import dataclass

import numpy as np

from gdmath import Convergence, FloatArray, LessonError, NumericLoss
from gdmath.clipping import rings
from gdmath.landscape import semi_axes
from gdmath.requirements import is_line
from scenes.kit.wording import Message, Number, Values, message, suited, unicode_name

CLOSER = 20
"""Number of rings that are looked at inside the lowest of the map, each a quarter as high."""
HALFWAY = 0.6
"""Share of the distance to its best by which the second knob is turned at first."""
LOCAL = 0.02
"""Height of a ring that is nearly an ellipse, as a share of that of the highest on the map."""

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
        """The parameters at which a knob is let go, (5, 2)."""
        (a0, b0), (a1, b1) = self.loss.lesson.start, self.theory.minimum
        return np.array([(a0, b0), (a1, b0), (a1, self.halfway), (a0, self.halfway), (a1, b1)])

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

    def local_level(self, levels: FloatArray) -> float:
        """A loss so little above the least that its ring is nearly an ellipse."""
        least = self.theory.minimum_loss
        return float(least + LOCAL * (levels[-1] - least))

    def written_loss(self, loss: float, levels: FloatArray) -> Number:
        """A loss on a map with these ``levels``."""
        return suited(levels, 2 if levels.max() > 1 else 3)(loss)

    def the_first_knob(self) -> Message:
        """What turning the first parameter does: a straight line swings."""
        name = unicode_name(self.loss.lesson.parameters[0])
        if is_line(self.loss.lesson):
            return message("Turn {name}: the line swings, and the dot walks across.", name=name)
        return message(
            "Turn {name}: the {graph} changes, and the dot walks across.",
            name=name,
            graph=self.graph,
        )

    def the_second_knob(self) -> Message:
        """What turning the second parameter does: a straight line rises or sinks."""
        name = unicode_name(self.loss.lesson.parameters[1])
        values: Values = {"name": name, "graph": self.graph}
        straight, up = is_line(self.loss.lesson), self.halfway > self.loss.lesson.start[1]
        if straight and up:
            return message(
                "Turn {name}: the line rises as a whole, and the dot walks up.", **values
            )
        if straight:
            return message(
                "Turn {name}: the line sinks as a whole, and the dot walks down.", **values
            )
        if up:
            return message(
                "Turn {name}: the {graph} changes again, and the dot walks up.", **values
            )
        return message("Turn {name}: the {graph} changes again, and the dot walks down.", **values)

    def the_axes(self, level: float) -> Message:
        """How far the ring at ``level`` reaches along its two axes."""
        reaches = semi_axes(self.theory, level)
        flat, stiff = map(suited(reaches, 2), reaches)
        return message(
            "The ring is an ellipse: it reaches {flat} along its flat axis and "
            "{stiff} along the stiff one.",
            flat=flat,
            stiff=stiff,
        )
