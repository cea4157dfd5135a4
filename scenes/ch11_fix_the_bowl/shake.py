"""Shake: the points move up and down for a while, and with them the bottom of their bowl."""

from typing import Any

import numpy as np
from manim import Scene, Star, ValueTracker, VGroup, linear

from gdmath import FloatArray, NumericLoss
from scenes.kit.maps import RoundMap
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind, bind_each
from scenes.kit.updaters import at_every_frame

SWINGS, LATER, SEED = 2, 0.35, 11
"""How often each point swings, how much later the last than the first, and by chance, in swings."""
WANDERS = 0.3
"""How far the bowl wanders in the picture, in units, if the panel has room for such points."""


class Shake:
    """How far every y is off at a `moment` from 0 to 1, at both of which all is as it was."""

    def __init__(self, loss: NumericLoss, panel: DataPanel, map_: RoundMap) -> None:
        self.moment, self.panel, self.map = ValueTracker(0.0), panel, map_
        lesson, best = loss.lesson, map_.theory.minimum
        chance = np.random.default_rng(SEED).uniform(0, LATER, lesson.x.size)
        self.phases = 2 * np.pi * (LATER * (lesson.x - lesson.x.min()) / np.ptp(lesson.x) + chance)
        self.shown, self.home = lesson.shown, map_.middle
        # Of a line: how the prediction at each x changes with each parameter.
        ones = np.eye(2)
        change = np.array([loss.prediction(best + one, lesson.x) for one in ones])
        design = (change - loss.prediction(best, lesson.x)).T
        self.answer = np.linalg.pinv(design)
        self.strength = 1.0
        moments = np.linspace(0, 1, 101)
        farthest = max(float(np.linalg.norm(self._wandered(moment))) for moment in moments)
        room = min(panel.y.high - lesson.y.max(), lesson.y.min() - panel.y.low)
        self.strength = min(WANDERS / farthest, float(room))

    def off(self, moment: float) -> FloatArray:
        """(n,): how far each y is off."""
        swing = np.sin(2 * np.pi * SWINGS * moment + self.phases)
        return np.asarray(self.strength * np.sin(np.pi * moment) * swing, dtype=float)

    def moved(self, moment: float) -> FloatArray:
        """(2,): how far the minimum is off, which is the least-squares answer to that."""
        return np.asarray(self.answer @ self.off(moment), dtype=float)

    def best(self) -> FloatArray:
        """(2,): the parameters of least loss now."""
        return np.asarray(self.map.theory.minimum + self.moved(self.moment.get_value()))

    def _wandered(self, moment: float) -> FloatArray:
        """How far the bowl's bottom has gone in the picture."""
        return np.append(self.map.view() @ self.moved(moment), 0.0)

    def dots(self) -> VGroup:
        """The points, shaken."""
        dots, places = self.panel.dots.copy(), self.panel.places

        def now() -> FloatArray:
            off = self.off(self.moment.get_value())[self.shown]
            return places + np.column_stack([np.zeros(len(off)), off])

        def place(dots: VGroup) -> None:
            for dot, at in zip(dots, self.panel.c2p(now()), strict=True):
                dot.move_to(at)

        bind_each(
            dots,
            "point, shaken",
            lambda dot: self.panel.p2c(dot.get_center())[0],
            lambda k: now()[k],
        )
        return at_every_frame(dots, place)

    def play(self, scene: Scene, star: Star, cross: VGroup, seconds: float) -> None:
        """Shake for so many ``seconds``; the directions of ``cross`` stay, so that it is seen."""
        dots, bowl = self.dots(), VGroup(self.map, self.map.rings, star)
        stay: list[Any] = [direction.line for direction in cross]
        scene.remove(self.panel.dots, cross)
        scene.add(dots, self.wander(bowl, star), *stay)
        scene.play(self.moment.animate.set_value(1), run_time=seconds, rate_func=linear)
        bowl.clear_updaters(recursive=False)
        scene.remove(dots, *stay)
        scene.add(self.panel.dots, cross)

    def wander(self, bowl: VGroup, star: Star) -> VGroup:
        """Have the ``bowl`` go with its bottom, the ``star``."""

        def place(bowl: VGroup) -> None:
            middle = self.home + self._wandered(self.moment.get_value())
            bowl.shift(middle - self.map.middle)
            self.map.middle = middle

        bind(
            star,
            "minimum of the points, shaken",
            lambda: np.linalg.solve(self.map.view(), (star.get_center_of_mass() - self.home)[:2]),
            lambda: self.moved(self.moment.get_value()),
            reach=float(np.abs(self.map.theory.minimum).max()),
        )
        return at_every_frame(bowl, place)
