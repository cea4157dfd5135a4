"""The proof finds every kind of mistake, and nothing in a picture that makes none."""

import numpy as np
import pytest
from manim import Mobject

from scenes.kit.chapter import Chapter
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.proof.trace import bind_direction
from tests.scenes.proof import Proof, misplaced
from tests.scenes.wrong import scenes as wrong


def seen_of(kind: type[Chapter]) -> Proof:
    result = Proof()
    rehearse(kind, result.look)
    return result


def test_a_picture_without_a_mistake_passes() -> None:
    seen = seen_of(wrong.Small)
    assert seen.wrong == []
    assert seen.unclaimed == []
    assert {"tail and head", "trajectory", "residual", "loss", "caption"} <= seen.checked


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        (wrong.DotBesideItsPlace, "parameters: is off by 0.001"),
        (wrong.LineOfTheLastStep, "prediction: is off by"),
        (wrong.NumberWithAWrongDigit, "loss: shows"),
        (wrong.UpdateThatIsTheValueBefore, "= 0.30, but it is"),
        (wrong.LossThatIsASlope, "L = −"),
        (wrong.SumThatDoesNotAddUp, "= 0.30, but it is"),
        (wrong.NumberCutNotRounded, "text: tells 0.99 in 'L = 0.99', which nothing computed"),
        (wrong.ArrowUphill, "against the gradient: is off by"),
        (wrong.ArrowFromElsewhere, "tail and head: is off by"),
        (wrong.RingOfAnotherLevel, "loss on the ring: is off by"),
        (wrong.PathThatSkipsAStep, "trajectory: shows shape (21, 2), but it is (22, 2)"),
        (wrong.BarOfTheWrongHeight, "residual: is off by"),
        (wrong.DotAboveTheBowl, "loss: is off by"),
        (wrong.DotNextToItsPlaceOnTheBowl, "parameters under the loss: is off by"),
        (wrong.TickThatSaysAnotherNumber, "tick: is off by"),
        (wrong.TypedCaption, "caption: tells 77.01 in 'The loss falls from 77.01 to 66.52.'"),
        (wrong.NotANumber, "slope: is off by nan"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mistake_is_called_by_name(kind: type[Chapter], complaint: str) -> None:
    seen = seen_of(kind)
    assert any(complaint in line for line in seen.wrong), seen.wrong


def test_a_number_that_is_said_is_sought_on_screen() -> None:
    seen = seen_of(wrong.SaidAndNotShown)
    seen.spoken.close()
    (found,) = seen.spoken.unseen
    assert found.startswith("beat 1: 0.30 is said, and not shown: “From 30 points: ")


@pytest.mark.parametrize(
    "kind", [wrong.UnboundDot, wrong.DotDeclaredADecoration, wrong.CopyOfABoundLine]
)
def test_what_claims_nothing_is_found(kind: type[Chapter]) -> None:
    assert seen_of(kind).unclaimed


def test_beside_a_large_value_a_small_one_has_fewer_digits() -> None:
    loss, read_back, reach = np.array([0.0718]), np.array([0.0718004]), 1.5e10
    assert misplaced(read_back, loss)
    assert not misplaced(read_back, loss, reach)
    assert misplaced(read_back + 1e-3, loss, reach)


@pytest.mark.parametrize(("reach", "claimed"), [(10.0, [1.0, 0.0]), (1e4, [0.0, 0.0])])
def test_an_arrow_too_short_for_its_picture_has_no_direction(
    reach: float, claimed: list[float]
) -> None:
    arrow, ends = Mobject(), np.array([[0.0, 0.0], [1e-5, 0.0]])
    bind_direction(arrow, "east", lambda: ends, lambda: np.array([3.0, 0.0]), 1, reach)
    (binding,) = arrow.bindings
    assert binding.drawn() == pytest.approx(claimed)
    assert binding.computed() == pytest.approx(claimed)
