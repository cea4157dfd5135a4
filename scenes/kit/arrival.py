"""The descent continued until it has arrived, if it ever does."""

from gdmath import Convergence, NumericLoss, Trajectory, descend
from gdmath.descent import most_steps
from gdmath.lesson import MOST_STEPS

CLOSE = 0.01


def whole_way(loss: NumericLoss, way: Trajectory, target: Convergence) -> Trajectory:
    """The descent ``way`` of the lesson, made longer until both parameters are `CLOSE`.

    It ends where that takes too long: at `MOST_STEPS`, or before over so many points.
    """
    best, lesson, most = target.minimum, loss.lesson, min(MOST_STEPS, most_steps(loss) // 2)
    while best.all() and way.steps < most and arrival(way, target) is None:
        way = descend(loss, lesson.rule, lesson.start, 2 * way.steps)
    return way


def arrival(way: Trajectory, target: Convergence) -> int | None:
    """The step from which both parameters are `CLOSE` to the best.

    None if there is none, as where a best is 0: nothing but it is within a fraction of that.
    """
    best = target.minimum
    return way.settles_within(CLOSE, best) if best.all() else None
