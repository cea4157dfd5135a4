"""Work out, with gdmath, the numbers in the handout's exercises and in their answers."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from gdmath import (
    FloatArray,
    Momentum,
    NumericLoss,
    PlainDescent,
    Summary,
    compile_loss,
    descend,
    descend_on_batches,
    forward_difference,
    normal_equations,
    shuffled_batches,
    standardised,
    two_basins,
)
from gdmath.differences import central_difference
from handout.writing import ASKED, EXACT, GIVEN, along, asked, factor, given, place, rows
from scenes.kit.wording import unicode_name, whole

FEW, BATCH = 3, 5
"""Points that are worked through by hand, and those of a batch."""
TENTH, SHARE = 0.1, 0.5
"""The first nudge and what little is left of a height; the momentum of steps made by hand."""

Values = dict[str, str]


def _printed(values: npt.ArrayLike, digits: int = GIVEN) -> FloatArray:
    """Numbers as they are given, so that an answer follows from what a student reads."""
    numbers = np.asarray(values, dtype=float)
    rounded = [float(f"{value:.{digits - 1}e}") for value in numbers.ravel()]
    return np.array(rounded).reshape(numbers.shape)


def _few(told: Summary) -> NumericLoss:
    return told.loss.on(range(min(FEW, told.lesson.x.size)))


def _step(told: Summary, times: float = 1.0) -> FloatArray:
    """(2,): where the first step of plain descent leads with so many times the lesson's rate."""
    rule, start = PlainDescent(times * told.lesson.learning_rate), told.lesson.start
    _, after = descend(told.loss, rule, start, 1).parameters
    return np.asarray(after)


def _it_looks_done(told: Summary) -> Values:
    places = _printed(told.trajectory.parameters[[0, -1]]) - _printed(told.convergence.minimum)
    first, last = np.hypot(*places.T)
    return {
        "steps": whole(told.lesson.steps),
        "end": place(told, told.trajectory.parameters[-1], given),
        "left": place(told, np.abs(places[1])),
        "share": asked(100 * last / first),
        "first": asked(first),
        "last": asked(last),
    }


def _errors(told: Summary) -> Values:
    few, start = _few(told), told.lesson.start
    residuals = few.residuals(start)
    return {
        "prediction": asked(few.prediction(start, few.x[0])),
        "residual": asked(residuals[0]),
        "few": whole(few.x.size),
        "residuals": ", ".join(map(asked, residuals)),
        "mean": asked(residuals.mean()),
    }


def _losses(told: Summary) -> Values:
    few, start = _few(told), told.lesson.start
    one, several = told.loss.on([0]).value(start), few.value(start)
    return {"one": asked(one), "several": asked(several), "few": whole(few.x.size)}


def _map(told: Summary) -> Values:
    few, start, minimum = _few(told), told.lesson.start, _printed(told.convergence.minimum)
    knob = np.arange(2) == np.abs(minimum - start).argmax()
    turned = np.where(knob, _printed(minimum, ASKED), start)
    before, after = few.value([start, turned])
    middle = (start + minimum) / 2
    return {
        "turned": place(told, turned, given),
        "few": whole(few.x.size),
        "verdict": "yes" if after < before else "no",
        "before": asked(before),
        "after": asked(after),
        "middle": place(told, middle),
        "x": given(few.x[0]),
        "predicted": asked(few.prediction(middle, few.x[0])),
    }


def _nudges(told: Summary) -> Values:
    loss, start = told.loss, told.lesson.start
    slopes = loss.gradient(start)
    index = int(np.abs(slopes).argmax())
    nudge = float(f"{TENTH * max(1.0, abs(start[index])):.0e}")
    away = nudge * np.eye(2)[index]
    here, after, before = loss.value([start, start + away, start - away])
    return {
        "name": unicode_name(told.lesson.parameters[index]),
        "nudge": given(nudge),
        "here": given(here, EXACT),
        "after": given(after, EXACT),
        "before": given(before, EXACT),
        "forward": asked(forward_difference(loss, start, index, nudge)),
        "central": asked(central_difference(loss, start, index, nudge)),
        "slope": asked(slopes[index]),
    }


def _slopes(told: Summary) -> Values:
    few, start = _few(told), told.lesson.start
    one = along(told, told.loss.on([0]).gradient(start))
    return {"one": one, "several": along(told, few.gradient(start)), "few": whole(few.x.size)}


def _one_step(told: Summary) -> Values:
    lesson, step = told.lesson, _step(told)
    here, after = told.loss.value([lesson.start, step])
    slopes = told.loss.gradient(lesson.start)
    return {
        "start": place(told, lesson.start, given),
        "rate": given(lesson.learning_rate),
        "step": place(told, step),
        "promised": asked(lesson.learning_rate * slopes @ slopes),
        "after": given(after, EXACT),
        "kept": asked(here - after),
    }


def _every_step(told: Summary) -> Values:
    height = told.trajectory.losses - told.convergence.minimum_loss
    low = [row for row in rows(told) if height[row] <= TENTH * height[0]]
    return {
        "length": asked(told.trajectory.step_lengths[0]),
        "row": f"the row of step {whole(low[0])}" if low else "there is none yet",
    }


def _bowl(told: Summary) -> Values:
    first, last = _printed(told.trajectory.losses[[0, -1]]) - _printed(
        told.convergence.minimum_loss
    )
    steepness = float(np.linalg.norm(told.loss.gradient(told.lesson.start)))
    return {"first": asked(first), "last": asked(last), "steepness": asked(steepness)}


def _crawl(told: Summary) -> Values:
    flat, stiff = told.convergence.factors(told.lesson.learning_rate)
    condition = asked(told.convergence.condition_number)
    return {"condition": condition, "flat": factor(flat), "stiff": factor(stiff)}


def _rates(told: Summary) -> Values:
    theory = told.convergence
    largest, best = theory.largest_stable_rate, theory.best_rate
    return {"largest": asked(largest), "best": asked(best), "factor": factor(theory.best_factor)}


def _round_bowl(told: Summary) -> Values:
    scaling = standardised(told.lesson)
    return {
        "mean": given(scaling.offset),
        "deviation": given(scaling.scale),
        "first": asked(scaling.lesson.x[0]),
        "line": place(told, scaling.from_original(told.convergence.minimum)),
    }


def _equations(told: Summary) -> Values:
    system = normal_equations(told.lesson)
    a, b = map(unicode_name, told.lesson.parameters)
    upper, lower = (
        f"{given(p, EXACT)} {a} + {given(q, EXACT)} {b} = {given(right, EXACT)}"
        for (p, q), right in zip(system.matrix, system.right_side, strict=True)
    )
    determinant, solution = asked(np.linalg.det(system.matrix)), place(told, system.solution)
    return {"upper": upper, "lower": lower, "determinant": determinant, "solution": solution}


def _momentum(told: Summary) -> Values:
    lesson, rule = told.lesson, told.lesson.rule
    own = rule.momentum if isinstance(rule, Momentum) else SHARE
    run = descend(told.loss, Momentum(lesson.learning_rate, SHARE), lesson.start, 2)
    return {
        "share": given(SHARE),
        "rate": given(lesson.learning_rate),
        "slopes": along(told, run.gradients[1], given),
        "second": place(told, run.parameters[2]),
        "own": given(own),
        "bound": asked(told.convergence.momentum_bound(own)),
    }


def _batches(told: Summary) -> Values:
    lesson, count = told.lesson, told.lesson.x.size
    rule, size = PlainDescent(lesson.learning_rate), min(BATCH, count)
    run = descend_on_batches(told.loss, rule, lesson.start, [np.array([0])])
    return {
        "rate": given(lesson.learning_rate),
        "step": place(told, run.parameters[1]),
        "count": whole(count),
        "size": whole(size),
        "batches": whole(len(shuffled_batches(count, size, 1, 0))),
    }


def _basins(_: Summary) -> Values:
    loss = compile_loss(two_basins())
    one, other = loss.prediction([[2, 1], [-2, -1]], 1.0)
    first, second = map(given, loss.gradient([0, 0]))
    return {"one": asked(one), "other": asked(other), "first": first, "second": second}


def _flat_part(told: Summary) -> Values:
    half = float(told.convergence.half_lives(told.lesson.learning_rate)[0])
    return {"half": asked(half), "hundredth": asked(half * np.log2(100))}


def _look_back(told: Summary) -> Values:
    x = float(_printed((told.lesson.x.min() + told.lesson.x.max()) / 2, ASKED))
    places = _printed([told.trajectory.parameters[-1], told.convergence.minimum])
    end, best = map(asked, told.loss.prediction(places, x))
    return {"step": place(told, _step(told, 2.0)), "x": given(x), "end": end, "best": best}


VALUES: Mapping[int, Callable[[Summary], Values]] = dict(
    enumerate(
        (
            *(_it_looks_done, _errors, _losses, _map, _nudges, _slopes, _one_step, _every_step),
            *(_bowl, _crawl, _rates, _round_bowl, _equations, _momentum, _batches, _basins),
            *(_flat_part, _look_back),
        )
    )
)
"""By chapter, what fills its exercises. What a chapter needs of a lesson, its exercises may use."""
