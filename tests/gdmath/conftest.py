"""Lessons other than the notebook's, each with its loss written out by hand as an oracle."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, compile_loss, parse_expression
from gdmath.lesson import PREDICTION, X, Y

ByHand = Callable[[float, float, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Example:
    """A lesson by its formulas, and the same loss in NumPy, never through SymPy."""

    name: str
    parameters: tuple[str, str]
    prediction: str
    pointwise: str
    by_hand: ByHand
    y: Callable[[np.ndarray], np.ndarray]
    start: tuple[float, float]
    is_quadratic: bool

    def lesson(self) -> Lesson:
        """Twenty points on [0, 4] with the example's y, disturbed a little, and always the same."""
        x = np.linspace(0, 4, 20)
        first, second = sp.symbols(self.parameters, real=True)
        names = {self.parameters[0]: first, self.parameters[1]: second, "x": X}
        return Lesson(
            title=self.name,
            parameters=(first, second),
            prediction=parse_expression(self.prediction, names),
            pointwise=parse_expression(self.pointwise, {**names, "y": Y, "prediction": PREDICTION}),
            x=x,
            y=self.y(x + 0.3 * np.sin(37 * x)),
            start=np.array(self.start),
            learning_rate=0.01,
            steps=100,
            steps_per_frame=10,
        )


def _line(x: np.ndarray) -> np.ndarray:
    return 2 * x - 1


def _logistic(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.log1p(np.exp(-z)) * y + np.log1p(np.exp(z)) * (1 - y)


EXAMPLES = (
    Example(
        name="ridge",
        parameters=("a", "b"),
        prediction="a*x + b",
        pointwise="(prediction - y)**2 + 0.1*(a**2 + b**2)",
        by_hand=lambda a, b, x, y: (a * x + b - y) ** 2 + 0.1 * (a * a + b * b),
        y=_line,
        start=(0, 0),
        is_quadratic=True,
    ),
    Example(
        name="parabola through the origin",
        parameters=("a", "b"),
        prediction="a*x**2 + b*x",
        pointwise="(prediction - y)**2",
        by_hand=lambda a, b, x, y: (x * (a * x + b) - y) ** 2,
        y=lambda x: x * (x - 2),
        start=(0, 0),
        is_quadratic=True,
    ),
    Example(
        name="exponential decay",
        parameters=("A", "k"),
        prediction="A*exp(-k*x)",
        pointwise="(prediction - y)**2",
        by_hand=lambda a, k, x, y: (a / np.exp(k * x) - y) ** 2,
        y=lambda x: 3 * np.exp(-0.7 * x),
        start=(1, 0.1),
        is_quadratic=False,
    ),
    Example(
        name="log-cosh",
        parameters=("a", "b"),
        prediction="a*x + b",
        pointwise="log(cosh(prediction - y))",
        by_hand=lambda a, b, x, y: np.log(np.cosh(a * x + b - y)),
        y=_line,
        start=(0, 0),
        is_quadratic=False,
    ),
    Example(
        name="smoothed absolute",
        parameters=("slope", "offset"),
        prediction="slope*x + offset",
        pointwise="sqrt(1 + (prediction - y)**2)",
        by_hand=lambda a, b, x, y: np.hypot(1, a * x + b - y),
        y=_line,
        start=(0, 0),
        is_quadratic=False,
    ),
    Example(
        name="logistic",
        parameters=("a", "b"),
        prediction="1/(1 + exp(-a*x - b))",
        pointwise="-y*log(prediction) - (1 - y)*log(1 - prediction)",
        by_hand=lambda a, b, x, y: _logistic(a * x + b, y),
        y=lambda x: (1.5 * np.sin(5 * x) + x > 2).astype(float),
        start=(0, 0),
        is_quadratic=False,
    ),
)


@pytest.fixture(scope="session", params=EXAMPLES, ids=lambda example: example.name)
def example(request: pytest.FixtureRequest) -> Example:
    return request.param


@pytest.fixture(scope="session")
def example_loss(example: Example) -> NumericLoss:
    return compile_loss(example.lesson())


@pytest.fixture(scope="session")
def by_hand(example: Example) -> ByHand:
    """The pointwise loss of `example_loss`: (first parameter, second parameter, x, y) → (n,)."""
    return example.by_hand
