"""What chapter 1 decides of a guess: to what line it is tilted, and what one residual says."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss
from scenes.kit.wording import Message, Number, Values, message

HEIGHTS = 0.85, 0.12
"""Shares of the panel's height at which the tilted line enters and leaves it."""
WORST_CONDITION = 1e6
"""Condition number of the equations for the tilted line above which they tell no line."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's guess, and the sentences that depend on them.

    ``x`` and ``y`` are the lowest and the highest value that the panel shows; ``graph`` is what the
    prediction is drawn as.
    """

    loss: NumericLoss
    graph: Message
    x: tuple[float, float]
    y: tuple[float, float]

    @cached_property
    def tilted(self) -> FloatArray | None:
        """Parameters (2,) of a line from the upper left to the lower right of the panel.

        None if the model has no such line, if it leaves the panel on its way, or if all of its
        residuals have one sign.
        """
        falling = self._falling()
        if falling is None or np.ptp(np.sign(self.loss.residuals(falling))) < 2:
            return None
        predictions = self.loss.prediction(falling, self.loss.lesson.x)
        inside = np.all((self.y[0] <= predictions) & (predictions <= self.y[1]))
        return falling if inside else None

    def _falling(self) -> FloatArray | None:
        """Solve prediction(x) = y at the panel's two ends, for a model linear in its parameters."""
        base, *units = self.loss.prediction([(0, 0), (1, 0), (0, 1)], np.array(self.x))
        matrix = np.column_stack([unit - base for unit in units])
        if not self.loss.is_quadratic or not np.isfinite(matrix).all():
            return None
        if np.linalg.cond(matrix) > WORST_CONDITION:
            return None
        heights = self.y[0] + (self.y[1] - self.y[0]) * np.array(HEIGHTS)
        return np.asarray(np.linalg.solve(matrix, heights - base), dtype=float)

    def one_residual(self, residual: Number) -> Message:
        """What a residual, as it is written, says of the line at its point."""
        values: Values = {"residual": residual, "graph": self.graph}
        if residual.value < 0:
            return message(
                "Prediction minus measurement: {residual}. The {graph} is below the point.",
                **values,
            )
        return message(
            "Prediction minus measurement: {residual}. The {graph} is above the point.", **values
        )
