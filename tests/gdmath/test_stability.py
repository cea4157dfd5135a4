"""The largest stable rate by theory, against runs just below and just above it."""

from functools import partial

import pytest

from gdmath import (
    Adam,
    Convergence,
    Momentum,
    Nesterov,
    NumericLoss,
    PlainDescent,
    UpdateRule,
    descend,
)


@pytest.mark.parametrize(
    "rule_at",
    [
        PlainDescent,
        partial(Momentum, momentum=0.5),
        partial(Momentum, momentum=0.95),
        partial(Nesterov, momentum=0.5),
        partial(Nesterov, momentum=0.95),
    ],
    ids=str,
)
def test_the_largest_stable_rate_is_where_a_run_turns(
    exact_loss: NumericLoss, theory: Convergence, rule_at: "partial[UpdateRule]"
) -> None:
    bound = theory.largest_stable_rate_of(rule_at(1.0))
    assert bound is not None
    start = theory.minimum + theory.eigenvectors[:, 1]
    near, far = (
        descend(exact_loss, rule_at(share * bound), start, 2000).losses[-1]
        for share in (0.99, 1.01)
    )
    assert near < exact_loss.value(start) / 100
    assert not far < exact_loss.value(start) * 100


def test_nobody_knows_the_largest_stable_rate_of_adam(theory: Convergence) -> None:
    assert theory.largest_stable_rate_of(Adam(0.1)) is None
