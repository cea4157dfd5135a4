"""What is said of a descent's two parts holds of their numbers."""

import pytest

from gdmath import Lesson, PlainDescent, compile_loss, convergence, descend
from scenes.ch09_why_it_crawls.story import what_is_left, who_leads, whose_fault
from scenes.kit.wording import fixed


@pytest.mark.parametrize(
    ("flat", "stiff", "said", "fault"),
    [
        (0.998, 0.0, "stiff part is gone, but nearly all of the flat part", "direction is done"),
        (0.62, 0.0, "stiff part is gone, but 62 % of the flat part", "direction is done"),
        (0.97, 0.4, "40 % of the stiff part is left, and 97 % of the flat", "One rate has to do"),
        (0.004, 0.0, "both parts are as good as gone", "direction was done first"),
    ],
)
def test_a_part_is_gone_only_if_it_is(flat: float, stiff: float, said: str, fault: str) -> None:
    assert said in str(what_is_left(30, flat, stiff))
    assert fault in str(whose_fault(flat, stiff, fixed(7), near=False))


@pytest.mark.parametrize(
    ("start", "last", "said"),
    [
        ((0.01, 1.0), 400, "From step"),
        ((0.01, 1.0), 20, "Both parts shrink"),
        ((1.0, 0.01), 400, "from the start"),
    ],
)
def test_a_stop_on_the_way_shows_what_is_said_there(
    notebook: Lesson, start: tuple[float, float], last: int, said: str
) -> None:
    loss = compile_loss(notebook)
    theory, rate = convergence(loss), notebook.learning_rate
    way = descend(loss, PlainDescent(rate), theory.minimum + theory.eigenvectors @ start, last)
    step, sentence = who_leads(way, theory, rate, last)
    assert 0 < step < last
    assert said in str(sentence)
    flat, stiff = theory.loss_parts(way.parameters[step])
    assert (flat > stiff) == ("Both" not in str(sentence))
