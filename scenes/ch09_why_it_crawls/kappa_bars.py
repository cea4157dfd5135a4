"""KappaBars: the flat curvature, laid end to end until it is as much as the stiff one."""

from collections.abc import Callable

import numpy as np
from manim import LEFT, RIGHT, Rectangle, ValueTracker, VGroup

from scenes.ch09_why_it_crawls.facts import FLAT, STIFF
from scenes.ch09_why_it_crawls.story import DIGITS, LETTERS, Story
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind
from scenes.kit.text import Readout, formula, maths, seat, words
from scenes.kit.theme import BY_DIRECTION, SIZE
from scenes.kit.updaters import live
from scenes.kit.wording import significant

THICK, FAINT = 0.7, 0.4
ROOM = 1.3


class KappaBars(VGroup):
    """A bar as long as each curvature; the flat one is laid `times` end to end; `law` says it."""

    def __init__(self, region: Region, story: Story) -> None:
        self.times, self.kappa = ValueTracker(1.0), story.theory.condition_number
        curvatures = story.theory.eigenvalues
        full = region.width - ROOM
        rows = region.rows(1, 1, 1.2, 1.2, gap=0.2)

        def length(direction: int, times: float) -> float:
            return float(full * curvatures[direction] / curvatures[STIFF] * times)

        def bar(direction: int, many: Callable[[], float]) -> Rectangle:
            row = rows[1 - direction]
            start = np.array([row.left + ROOM, row.centre[1], 0])
            bar = Rectangle(width=1, height=THICK, stroke_width=0)
            bar.set_fill(BY_DIRECTION[direction])

            def place(bar: Rectangle) -> None:
                width = length(direction, many())
                bar.stretch_to_fit_width(width).move_to(start, aligned_edge=LEFT)

            live(bar, place, lambda: np.array([many()]))
            bind(
                bar,
                "curvature, so many times",
                lambda: bar.width / full * curvatures[STIFF],
                lambda: curvatures[direction] * many(),
            )
            return bar

        stiff, flat = (bar(k, lambda: 1.0).set_fill(opacity=1) for k in (STIFF, FLAT))
        end_to_end = bar(FLAT, lambda: self.times.get_value()).set_fill(opacity=FAINT)
        names = VGroup()
        for k, one in ((STIFF, stiff), (FLAT, flat)):
            name = maths(LETTERS[k], SIZE.equation, BY_DIRECTION[k])
            names.add(name.next_to(one, LEFT, buff=0.25))
        at = np.array([rows[2].left + ROOM, rows[2].centre[1], 0])
        times = self.times.get_value
        count = Readout(lambda: significant(times(), DIGITS), at, SIZE.title, quantity="times")
        unit = seat(words("times", SIZE.equation), at + 2.8 * RIGHT)
        kappa = formula('kappa = lambda_"stiff" \\/ lambda_"flat" = {kappa}', kappa=story.kappa)
        self.law = maths(kappa, SIZE.equation).move_to(rows[3].centre)
        super().__init__(end_to_end, stiff, flat, names, count, unit)
