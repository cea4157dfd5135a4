"""What chapter 5 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, derive
from gdmath.lesson import X
from scenes.ch05_the_chain_rule_worked.story import Story
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


@each_told(5)
def test_each_step_is_told_by_its_rule(case: Told) -> None:
    story, derivation = Story(case.loss), derive(case.lesson)
    for parameter in case.lesson.parameters:
        steps = derivation.steps(parameter)
        for k, step in enumerate(steps, start=1):
            sentence = story.one_rule(step.rule, k, len(steps))
            assert is_whole(sentence), sentence
            assert step.rule in str(sentence)
            assert str(sentence).startswith("Last, ") == (k == len(steps))
    for sentence in (story.the_second(True), story.the_second(False), story.nudging()):
        assert is_whole(sentence), sentence


def test_terms_are_said_to_share_a_factor_only_where_the_loss_is_the_mean_square(
    notebook: Lesson,
) -> None:
    twice = told(replace(notebook, pointwise=2 * notebook.pointwise))
    assert str(Story(twice.loss).one_rule("tidy up", 6, 6)) == "Last, tidy up."
    assert "goes in front of the sum" in str(Story(told(notebook).loss).one_rule("tidy up", 6, 6))


@pytest.mark.parametrize("bent", [False, True])
def test_only_the_last_factor_differs_where_the_prediction_is_linear(
    notebook: Lesson, bent: bool
) -> None:
    a, b = notebook.parameters
    lesson = replace(notebook, prediction=a * sp.exp(b * X) if bent else notebook.prediction)
    text = str(Story(told(replace(lesson, start=np.array([1.0, 1.0]))).loss).the_second(True))
    assert text.endswith("rule by rule." if bent else "only the last factor differs.")
