"""Each answer of the handout is worked out once more, by other means than gdmath's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
from scipy.optimize import minimize

from gdmath import Lesson, load_lesson, summarise, unmet_requirements
from handout.exercises import exercises
from scenes.outline import LECTURE, programme
from tests.conftest import ROOT

Predict = Callable[..., np.ndarray]
MOST = 36


def line(a: float, b: float, x: np.ndarray) -> np.ndarray:
    return a * x + b


def square(p: np.ndarray, y: np.ndarray, *_: float) -> np.ndarray:
    return (p - y) ** 2


def huber(p: np.ndarray, y: np.ndarray, *_: float) -> np.ndarray:
    away = np.abs(p - y)
    return np.where(away <= 1, away**2 / 2, away - 0.5)


KNOWN: dict[str, tuple[Predict, Predict]] = {
    "notebook": (line, square),
    "noisy_line": (line, square),
    "ravine": (line, square),
    "momentum": (line, square),
    "parabola": (lambda a, b, x: a * x**2 + b * x, square),
    "ridge": (line, lambda p, y, a, b: (p - y) ** 2 + 0.1 * (a * a + b * b)),
    "outlier_huber": (line, huber),
    "decay": (lambda a, k, x: a * np.exp(-k * x), square),
    "logistic": (
        lambda w, b, x: 1 / (1 + np.exp(-w * x - b)),
        lambda p, y, *_: -y * np.log(p) - (1 - y) * np.log(1 - p),
    ),
}


@dataclass(frozen=True)
class ByHand:
    """The lesson's loss and its descent, by loops and differences."""

    lesson: Lesson
    predict: Predict
    pointwise: Predict

    def loss(self, theta: np.ndarray, count: int | None = None) -> float:
        x, y = self.lesson.x[:count], self.lesson.y[:count]
        return float(np.mean(self.pointwise(self.predict(*theta, x), y, *theta)))

    def slopes(self, theta: np.ndarray, count: int | None = None) -> np.ndarray:
        nudges = 1e-6 * np.maximum(1, np.abs(theta)) * np.eye(2)
        rises = [self.loss(theta + n, count) - self.loss(theta - n, count) for n in nudges]
        return np.array(rises) / (2 * nudges.sum(axis=0))

    @property
    def share(self) -> float:
        """How much of its velocity the lesson's descent keeps."""
        return float(getattr(self.lesson.rule, "momentum", 0))

    @cached_property
    def path(self) -> np.ndarray:
        places, velocity = [self.lesson.start], np.zeros(2)
        for _ in range(self.lesson.steps):
            velocity = self.share * velocity + self.slopes(places[-1])
            places.append(places[-1] - self.lesson.learning_rate * velocity)
        return np.array(places)

    @cached_property
    def minimum(self) -> np.ndarray:
        close = {"xatol": 1e-11, "fatol": 1e-16, "maxiter": 5000, "maxfev": 10000}
        place = self.path[-1]
        for _ in range(3):
            place = minimize(self.loss, place, method="Nelder-Mead", options=close).x
        return np.asarray(place)

    @cached_property
    def curvatures(self) -> np.ndarray:
        nudges = 1e-4 * np.eye(2)
        rows = [self.slopes(self.minimum + n) - self.slopes(self.minimum - n) for n in nudges]
        return np.linalg.eigvalsh(np.array(rows) / 2e-4)


def numbers(text: str) -> list[float]:
    """The numbers in a sentence, in order."""
    plain = re.sub(r"(?<=\d)\N{THIN SPACE}(?=\d)", "", text).replace("\N{MINUS SIGN}", "-")
    return [float(found) for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


def answers(by_hand: ByHand, question: Callable[[int, int], str]) -> dict[int, tuple]:
    """By chapter the numbers of both answers; ``question`` gives the text that one was asked in."""
    lesson, rate, start = by_hand.lesson, by_hand.lesson.learning_rate, by_hand.lesson.start
    loss, slopes, path, least = by_hand.loss, by_hand.slopes, by_hand.path, by_hand.minimum
    x, y, first = lesson.x, lesson.y, slopes(start)
    flat, stiff = by_hand.curvatures
    away = np.hypot(*(path[[0, -1]] - least).T)
    predicted = by_hand.predict(*start, x)
    turned = np.array(numbers(question(3, 0))[:2])
    middle, place = (start + least) / 2, numbers(question(17, 1))[0]
    nudge = numbers(question(4, 0))[1]
    known = [str(name) for name in lesson.parameters]
    index = known.index(re.findall(r"with (\w+) larger", question(4, 0))[0])
    up, down = (loss(start + side * nudge * np.eye(2)[index]) for side in (1, -1))
    step = start - rate * first
    velocity = 0.5 * first + slopes(step)
    heights = np.array([loss(each) for each in path]) - loss(least)
    low = [k for k, height in enumerate(heights) if height <= 0.1 * heights[0]]
    told = [k for k in range(lesson.steps + 1) if re.fullmatch("[0125]0*", str(k))] + [lesson.steps]
    row = [k for k in told if low and k >= low[0]][:1]
    z = (x - x.mean()) / x.std()
    features = [by_hand.predict(*unit, x) for unit in np.eye(2)]
    sums = [[sum(p * q for p, q in zip(f, g, strict=True)) for g in features] for f in features]
    half = np.log(0.5) / np.log(abs(1 - rate * flat))
    return {
        0: (np.abs(path[-1] - least), [100 * away[1] / away[0], away[1], away[0]]),
        1: (
            [predicted[0], predicted[0] - y[0]],
            [*(predicted - y)[:3], np.mean((predicted - y)[:3])],
        ),
        2: ([loss(start, 1)], [loss(start, 3)]),
        3: (
            [loss(turned, 3), loss(start, 3)],
            [*middle, by_hand.predict(*middle, x[:1])[0]],
        ),
        4: ([(up - loss(start)) / nudge, first[index]], [(up - down) / (2 * nudge)]),
        5: (slopes(start, 1), slopes(start, 3)),
        6: (step, [rate * first @ first, loss(start) - loss(step)]),
        7: ([np.hypot(*(path[1] - path[0]))], row),
        8: (heights[[0, -1]], [np.hypot(*first)]),
        9: ([stiff / flat], [1 - rate * flat, 1 - rate * stiff]),
        10: ([2 / stiff], [2 / (flat + stiff), (stiff - flat) / (stiff + flat)]),
        11: ([z[0]], np.polyfit(z, y, 1) if lesson.is_straight else []),
        12: (
            [sums[0][0] * sums[1][1] - sums[0][1] * sums[1][0]],
            np.linalg.lstsq(np.array(features).T, y, rcond=None)[0],
        ),
        13: (step - rate * velocity, [(1 + (by_hand.share or 0.5)) * 2 / stiff]),
        14: (start - rate * slopes(start, 1), [-(-x.size // 5)]),
        15: ([2 * np.tanh(1)] * 2, [0, 0]),
        16: ([half], [np.log(0.01) / np.log(abs(1 - rate * flat))]),
        17: (
            start - 2 * rate * first,
            [by_hand.predict(*each, np.array([place]))[0] for each in (path[-1], least)],
        ),
    }


@pytest.mark.parametrize("name", KNOWN)
def test_every_answer_is_found_by_hand_too(name: str) -> None:
    lesson = load_lesson(ROOT / "lessons" / f"{name}.toml")
    told = summarise(lesson)
    chapters = [entry.number for entry in programme(unmet_requirements(lesson))[0]]
    set_for = {number: exercises(number, told) for number in chapters}
    by_hand = ByHand(lesson, *KNOWN[name])
    found = answers(by_hand, lambda chapter, k: set_for[chapter][k].question)
    # What little is left after a descent is taken from numbers of six digits.
    coarse = 1e-5 * max(*np.abs(by_hand.minimum), abs(by_hand.loss(lesson.start)), 1)
    for number in chapters:
        for exercise, wanted in zip(set_for[number], found[number], strict=True):
            given = numbers(exercise.answer)
            share, off = (0.02, coarse) if number in {0, 8} else (6e-3, 1e-6)
            assert given == pytest.approx(list(wanted), rel=share, abs=off), exercise


@pytest.mark.parametrize("name", ["notebook", "adam", "momentum", "logistic"])
def test_every_chapter_of_a_lesson_has_two_exercises(name: str) -> None:
    lesson = load_lesson(ROOT / "lessons" / f"{name}.toml")
    told = summarise(lesson)
    entries, _ = programme(unmet_requirements(lesson))
    found = [exercise for entry in entries for exercise in exercises(entry.number, told)]
    assert len(found) == 2 * len(entries) <= MOST
    texts = [text for each in found for text in (each.question, each.answer)]
    assert [text for text in texts if re.search(r"\bnan\b|undefined|∞|[{}]", text)] == []


def test_a_lower_loss_is_told_as_such() -> None:
    told = summarise(load_lesson(ROOT / "lesson.toml"))
    answer = exercises(3, told)[0].answer
    there, before = numbers(answer)
    assert answer.startswith("yes" if there < before else "no")


def test_a_chapter_without_exercises_has_none(notebook: Lesson) -> None:
    assert exercises(len(LECTURE), summarise(notebook)) == []
