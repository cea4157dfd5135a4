"""What chapter 13 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from gdmath import Lesson, load_lesson
from scenes.ch13_momentum.descents import SHARES, STEPS
from scenes.ch13_momentum.story import Story
from tests.scenes.stories.shipped import Told, cases, is_whole, told

LOGARITHM = """\
title = "A logarithm, which ends where a x + b does"
data = { points = [[0.2, 0.05], [0.5, 0.7], [1.0, 1.1], [2.0, 1.7], [3.0, 1.9], [4.0, 2.3]] }
model.parameters = ["a", "b"]
model.prediction = "log(a*x + b)"
model.pointwise = "(prediction - y)**2"
descent = { start = [3.0, 3.0], learning_rate = 3.0, steps = 200 }
"""


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(13):
        story = story_of(case)
        sentences = [story.it_gathers_speed(), story.it_swings_in(), story.what_both_have_come_to()]
        sentences += [story.the_race(), story.push_harder()]
        if case.loss.is_quadratic:
            sentences += [story.the_limit(), story.the_limit_moves(), story.nothing_is_faster()]
        for sentence in sentences:
            assert is_whole(sentence), sentence


def test_momentum_crosses_the_floor_before_it_turns() -> None:
    for case in cases(13):
        story = story_of(case)
        stiff = case.theory.coordinates(story.heavy.parameters)[:, 1]
        if story.swing is None:
            assert (stiff[0] * stiff > 0).all()
            continue
        crossing, turn = story.swing
        assert 0 < crossing <= turn < STEPS
        assert stiff[0] * stiff[crossing] <= 0 < stiff[0] * stiff[crossing - 1]


def test_the_bigger_step_is_followed_as_far_as_the_map_goes() -> None:
    for case in cases(13):
        story = story_of(case)
        bounds = np.column_stack([story.seen.min(axis=0), story.seen.max(axis=0)])
        followed = story.big_within(bounds)
        assert followed.inside(bounds)[:-1].all()
        assert followed.steps == STEPS or not story.big.inside(bounds)[followed.steps + 1]


def test_who_wins_the_race_is_told_as_it_is() -> None:
    for case in cases(13):
        story = story_of(case)
        said, big, heavy = str(story.the_race()), story.big.losses, story.heavy.losses
        assert ("plain descent wins" in said) <= (big[-1] < heavy[-1]), case.name
        assert ("memory wins" in said) <= (heavy[-1] < big[-1]), case.name
        assert ("blows up" in said) <= (not big[-1] < big[0]), case.name
        assert ("Here, yes" in str(story.push_harder())) <= ("memory wins" not in said)


def test_in_the_notebook_s_lesson_the_bigger_step_wins(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert "And plain descent wins, by 0.0017 to 0.0021." in str(story.the_race())
    assert "Here, yes" in str(story.push_harder())


def test_momentum_at_its_best_is_ahead_unless_that_takes_too_long() -> None:
    for case in cases(13):
        if case.loss.is_quadratic:
            story = story_of(case)
            plain, heavy = (descent.losses[story.ahead] for descent in story.at_their_best)
            assert ("more than" in str(story.nothing_is_faster())) == (not heavy < plain)


def test_a_rate_within_the_limit_is_not_told_to_blow_up(notebook: Lesson) -> None:
    round_bowl = replace(notebook, x=(notebook.x - notebook.x.mean()) / notebook.x.std())
    assert "is within" in str(story_of(told(round_bowl)).the_limit())
    assert "it blows up" in str(story_of(told(notebook)).the_limit())


def test_along_the_floor_nothing_is_crossed(notebook: Lesson) -> None:
    theory = told(notebook).theory
    start = theory.minimum + theory.eigenvectors @ [0.01, 1.0]
    slow = replace(notebook, start=start, learning_rate=1e-5)
    assert story_of(told(slow)).swing is None


def test_momentum_that_is_flung_to_where_no_loss_is_keeps_less(tmp_path: Path) -> None:
    path = tmp_path / "logarithm.toml"
    path.write_text(LOGARITHM)
    story = story_of(told(load_lesson(path)))
    assert not story.comes_down(SHARES[0])
    assert story.comes_down(story.share)
