"""Every rule against its formula in another form, in plain Python, over every example's loss."""

from collections.abc import Callable, Iterator
from math import sqrt

import numpy as np
import pytest

from gdmath import NumericLoss, compile_loss, descend, mistakes, two_basins
from gdmath.rules import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, RMSProp, UpdateRule
from tests.gdmath.every_rule import RULES

Pair = tuple[float, float]
Slope = Callable[[Pair], Pair]


def heavy_ball(slope: Slope, at: Pair, rate: float, momentum: float) -> Iterator[Pair]:
    """Polyak's own form, without a velocity: θ₊ = θ − η∇L(θ) + β(θ − θ₋)."""
    before = at
    while True:
        yield at
        g = slope(at)
        after = tuple(at[k] - rate * g[k] + momentum * (at[k] - before[k]) for k in (0, 1))
        before, at = at, (after[0], after[1])


def accelerated(slope: Slope, at: Pair, rate: float, momentum: float) -> Iterator[Pair]:
    """Nesterov's own form, with an extrapolated point: u = θ + β(θ − θ₋), θ₊ = u − η∇L(u)."""
    before = at
    while True:
        yield at
        u = tuple(at[k] + momentum * (at[k] - before[k]) for k in (0, 1))
        g = slope((u[0], u[1]))
        before, at = at, (u[0] - rate * g[0], u[1] - rate * g[1])


def adagrad(slope: Slope, at: Pair, rate: float) -> Iterator[Pair]:
    """All gradients are kept, and their squares added anew at every step."""
    past: list[Pair] = []
    while True:
        yield at
        past.append(slope(at))
        sums = [sum(g[k] ** 2 for g in past) for k in (0, 1)]
        moved = [at[k] - rate * past[-1][k] / (sqrt(sums[k]) + 1e-8) for k in (0, 1)]
        at = (moved[0], moved[1])


def rmsprop(slope: Slope, at: Pair, rate: float, decay: float) -> Iterator[Pair]:
    """All gradients are kept, and weighed by their age at every step."""
    past: list[Pair] = []
    while True:
        yield at
        past.insert(0, slope(at))
        means = [
            sum((1 - decay) * decay**age * g[k] ** 2 for age, g in enumerate(past)) for k in (0, 1)
        ]
        moved = [at[k] - rate * past[0][k] / (sqrt(means[k]) + 1e-8) for k in (0, 1)]
        at = (moved[0], moved[1])


def adam(slope: Slope, at: Pair, rate: float, first: float, second: float) -> Iterator[Pair]:
    """Kingma and Ba's second form, whose rate carries the corrections (end of their section 2)."""
    m, v, t = [0.0, 0.0], [0.0, 0.0], 0
    while True:
        yield at
        t, g = t + 1, slope(at)
        m = [first * m[k] + (1 - first) * g[k] for k in (0, 1)]
        v = [second * v[k] + (1 - second) * g[k] ** 2 for k in (0, 1)]
        root = sqrt(1 - second**t)
        moved = [
            at[k] - rate * root / (1 - first**t) * m[k] / (sqrt(v[k]) + 1e-8 * root) for k in (0, 1)
        ]
        at = (moved[0], moved[1])


@pytest.mark.parametrize(
    ("rule", "reference", "settings"),
    [
        (Momentum(0.01, 0.9), heavy_ball, (0.01, 0.9)),
        (Nesterov(0.01, 0.9), accelerated, (0.01, 0.9)),
        (AdaGrad(0.1), adagrad, (0.1,)),
        (RMSProp(0.01), rmsprop, (0.01, 0.9)),
        (RMSProp(0.01, 0.5), rmsprop, (0.01, 0.5)),
        (Adam(0.01), adam, (0.01, 0.9, 0.999)),
        (Adam(0.01, 0.5, 0.8), adam, (0.01, 0.5, 0.8)),
    ],
    ids=lambda value: getattr(value, "__name__", repr(value)),
)
def test_a_rule_is_its_formula_in_another_form(
    example_loss: NumericLoss,
    rule: UpdateRule,
    reference: Callable[..., Iterator[Pair]],
    settings: tuple[float, ...],
) -> None:
    def slope(at: Pair) -> Pair:
        first, second = example_loss.gradient(at)
        return float(first), float(second)

    run = descend(example_loss, rule, example_loss.lesson.start, 100)
    first, second = example_loss.lesson.start
    path = reference(slope, (float(first), float(second)), *settings)
    expected = [next(path) for _ in range(101)]
    # The two forms round differently, some ε a step; a rule that divides by ever smaller gradients
    # magnifies that as they fade, to 1e-9 here. Another decay or sign shows from 1e-4 on.
    assert run.parameters == pytest.approx(np.array(expected), rel=1e-7, abs=1e-7)


def test_momentum_hastens_the_notebooks_descent(exact_loss: NumericLoss) -> None:
    reached = descend(exact_loss, Momentum(0.01, 0.9), [-1, 1], 100).losses[-1]
    plain = descend(exact_loss, PlainDescent(0.01), [-1, 1], 100).losses[-1]
    assert np.sqrt(reached) == pytest.approx(0.0456, abs=5e-5)
    assert np.sqrt(plain) == pytest.approx(0.8017, abs=5e-5)


def test_on_a_straight_slope_momentum_takes_steps_ten_times_as_long() -> None:
    rule, slope = Momentum(0.01, 0.9), np.array([2.0, -1.0])
    state = rule.initial_state()
    for _ in range(400):
        step, state = rule.step(slope, state)
    # What is missing after 400 steps is 0.9⁴⁰⁰, far below rounding.
    assert step == pytest.approx(-0.1 * slope, rel=1e-12)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_no_momentum_is_plain_descent(loss: NumericLoss, kind: type[Momentum]) -> None:
    run = descend(loss, kind(0.01, 0.0), [-1, 1], 50)
    plain = descend(loss, PlainDescent(0.01), [-1, 1], 50)
    assert (run.parameters == plain.parameters).all()


def test_nesterov_is_damped_where_momentum_swings(exact_loss: NumericLoss) -> None:
    swinging = descend(exact_loss, Momentum(0.1, 0.95), [-1, 1], 100).losses
    damped = descend(exact_loss, Nesterov(0.1, 0.95), [-1, 1], 100).losses
    assert damped[-1] < swinging[-1] / 100


def test_the_first_step_of_adam_knows_only_signs(exact_loss: NumericLoss) -> None:
    for start in ([-1, 1], [100, -3], [3, 8.001]):
        run = descend(exact_loss, Adam(0.25), start, 1)
        signs = -0.25 * np.sign(exact_loss.gradient(start))
        # TINY beside the smallest gradient here, 8e-4.
        assert run.parameters[1] - run.parameters[0] == pytest.approx(signs, rel=2e-5)


@pytest.mark.parametrize("rule", [AdaGrad(0.5), RMSProp(0.1), Adam(0.1)], ids=repr)
def test_an_adaptive_rule_does_not_ask_for_the_unit_of_the_loss(
    loss: NumericLoss, rule: UpdateRule
) -> None:
    summed = compile_loss(mistakes.summed(loss.lesson))
    run, other = (descend(each, rule, [-1, 1], 60) for each in (loss, summed))
    # But for TINY, beside gradients of 0.1 and more.
    assert run.parameters == pytest.approx(other.parameters, abs=1e-5)


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_without_a_gradient_a_rule_stands_still(rule: UpdateRule) -> None:
    run = descend(compile_loss(two_basins()), rule, [0, 0], 5)
    assert (run.gradients == 0).all()
    assert (run.parameters == 0).all()


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_a_step_changes_nothing_that_it_was_given(rule: UpdateRule) -> None:
    gradient, state = np.array([2.0, -1.0]), rule.initial_state()
    for _ in range(3):
        first, after = rule.step(gradient, state)
        again, after_again = rule.step(gradient, state)
        assert first.tolist() == again.tolist()
        assert [part.tolist() for part in after] == [part.tolist() for part in after_again]
        state = after
    assert gradient.tolist() == [2, -1]


@pytest.mark.parametrize("rate", [0.0, -0.01, np.inf, np.nan])
@pytest.mark.parametrize(
    "rule",
    [
        PlainDescent,
        lambda rate: Momentum(rate, 0.9),
        lambda rate: Nesterov(rate, 0.9),
        AdaGrad,
        RMSProp,
        Adam,
        mistakes.Ascent,
    ],
)
def test_a_rule_refuses_a_rate_that_is_none(
    rule: Callable[[float], UpdateRule], rate: float
) -> None:
    with pytest.raises(ValueError, match="positive and finite"):
        rule(rate)


@pytest.mark.parametrize("share", [-0.1, 1.0, 1.5, np.nan])
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("momentum", lambda share: Momentum(0.1, share)),
        ("momentum", lambda share: Nesterov(0.1, share)),
        ("decay", lambda share: RMSProp(0.1, share)),
        ("first decay", lambda share: Adam(0.1, share)),
        ("second decay", lambda share: Adam(0.1, second_decay=share)),
    ],
)
def test_a_rule_refuses_a_past_that_does_not_fade(
    name: str, rule: Callable[[float], UpdateRule], share: float
) -> None:
    with pytest.raises(ValueError, match=f"the {name} is .*; it must be from 0 to below 1"):
        rule(share)
