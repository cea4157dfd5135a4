"""What chapter 17 tells at the end is true, and a lesson changed as it says does what it says."""

import tomllib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest

from gdmath import Adam, LessonError, RMSProp, load_lesson, unmet_requirements
from gdmath.lesson_file.change import change_of
from scenes.ch17_look_back.story import BETTER, Story
from scenes.ch17_look_back.trials import Trial, another_rule, arrival_of, plainly, three_trials
from scenes.outline import programme
from tests.scenes.stories.shipped import LESSONS, Told, cases, is_whole, told

MOST = 3000
QUICK = ("lesson", "momentum", "ridge")
"""The lessons that are changed in the default run."""


@pytest.fixture(autouse=True)
def _lessons_that_arrive_late_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdmath.descent.MOST_STEPS", MOST)


@cache
def story_of(case: Told) -> Story:
    missing = unmet_requirements(case.lesson)
    chapters, _ = programme(missing)
    numbers = frozenset(entry.number for entry in chapters)
    return Story(case.loss, case.trajectory, case.theory, missing, numbers)


@pytest.mark.slow
def test_each_sentence_is_filled_in() -> None:
    for case in cases(17):
        story = story_of(case)
        for sentence in (
            story.the_clip_again(),
            story.why_it_slowed(),
            story.how_to_know(),
            story.how_to_do_better(),
            *(trial.asked for trial in story.trials),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_what_does_better_is_what_the_lecture_has_shown() -> None:
    for case in cases(17):
        story = story_of(case)
        told = str(story.how_to_do_better())
        for chapter, way in BETTER.items():
            assert (str(way) in told) == (chapter in story.told)


def test_the_clip_is_told_to_have_arrived_if_it_has() -> None:
    for case in cases(17):
        story = story_of(case)
        arrived = story.arrival is not None and story.arrival <= case.trajectory.steps
        assert ("has arrived" in str(story.the_clip_again())) == arrived


def test_all_that_is_drawn_has_a_place_on_the_map() -> None:
    for case in cases(17):
        story = story_of(case)
        assert np.isfinite(story.seen).all()
        assert (story.seen[0] == case.lesson.start).all()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.slow, id=path.stem)
        for path in LESSONS
    ],
)
def test_a_lesson_changed_as_told_does_what_is_told(path: Path, tmp_path: Path) -> None:
    case = told(load_lesson(path))
    for trial in three_trials(case.lesson, case.theory):
        change = change_of(path, trial.key, trial.value)
        text = change.applied(path.read_text())
        assert tomllib.loads(text)["descent"][trial.key.split(".")[1]] is not None
        file = tmp_path / "changed.toml"
        file.write_text(text.replace('file = "', f'file = "{path.parent}/'))
        try:
            after = arrival_of(load_lesson(file))
        except LessonError as refusal:
            expected = "Refused: it would blow up." if "diverge" in str(refusal) else str(refusal)
        else:
            expected = told_of(arrival_of(case.lesson), after)
        assert str(trial.outcome) == expected


def told_of(before: int | None, after: int | None) -> str:
    if after is None:
        return "It never arrives."
    if before is None:
        return f"It arrives after {after} steps."
    return f"It arrives after {after} steps, {'as before' if before == after else f'not {before}'}."


def test_the_notebook_is_to_blow_up_to_arrive_sooner_and_to_roll() -> None:
    lesson = load_lesson(LESSONS[0])
    rate, start, rule = three_trials(lesson, told(lesson).theory)
    assert (rate.value, rule.value) == ("0.84", '"momentum"')
    assert "Refused" in str(rate.outcome)
    assert sooner(start)
    assert sooner(rule)


def sooner(trial: Trial) -> bool:
    before, after = arrival_of(trial.before), arrival_of(trial.changed)
    return before is not None and after is not None and after < before / 5


def test_another_rule_is_told_to_go_by_the_plain_one() -> None:
    heavy = load_lesson(next(path for path in LESSONS if path.stem == "momentum"))
    decaying = replace(heavy, rule_at=partial(RMSProp, decay=0.8))
    changes = {
        heavy: ("descent.momentum", "0.0"),
        replace(heavy, rule_at=Adam): ("descent.rule", '"plain"'),
        decaying: ("descent.steps", f"{2 * heavy.steps}"),
    }
    for lesson, change in changes.items():
        rule = another_rule(lesson)
        assert (rule.key, rule.value) == change


@pytest.mark.parametrize(
    ("value", "place", "written"),
    [(-0.3472, 3, "-0.347"), (0.00005, 6, "0.000050"), (1234.5, -1, "1230"), (-0.0001, 2, "0.00")],
)
def test_a_value_is_written_as_toml_reads_it(value: float, place: int, written: str) -> None:
    assert plainly(value, place) == written
    assert tomllib.loads(f"v = {plainly(value, place)}")
