"""Chapters with one mistake each, of the kinds that a proof has to find."""

import numpy as np
from manim import Dot, Line, VMobject

from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.surface import Surface
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text import UpdatePanel
from scenes.kit.text.quantity import Quantity, Result
from scenes.kit.text.typeset import formula, maths
from scenes.kit.theme import PALETTE
from scenes.kit.wording import counted, fill, fixed, heard_roughly


class Small(Chapter):
    """What the mistakes are made in: panels, a clock at step 20, and a moment to look."""

    def construct(self) -> None:
        self.clock = DescentClock(self.trajectory, 20)
        self.add(self.clock)
        self.show()
        self.wait(0.4)

    def show(self) -> None:
        """Put the picture there; here without a mistake."""
        loss = self.trajectory.losses[self.clock.step]
        map_, data, bowl = self.map_panel, self.data_panel, self.bowl
        self.add(map_, map_.bands, map_.rings, map_.dot(self.here), map_.path(self.clock))
        self.add(map_.arrow(self.here, self.downhill, against=self.gradient))
        self.add(data, data.dots, data.line(self.here), data.residuals(self.here))
        self.add(
            Surface(bowl, np.array([0.0, 1.0])),
            bowl.dot(self.here, risen=1.0),
            bowl.path(self.clock, 1.0),
        )
        self.add(maths(formula("L = {loss}", loss=fixed(loss))), self.reading())
        self.sentence = fill("The loss is down to {loss}.", loss=fixed(loss))

    @property
    def map_panel(self) -> MapPanel:
        return MapPanel(STAGE, self.loss, self.convergence, self.trajectory.parameters)

    @property
    def data_panel(self) -> DataPanel:
        return DataPanel(STAGE, self.loss, self.trajectory.parameters)

    @property
    def bowl(self) -> Bowl:
        bowl = Bowl(STAGE, self.loss, self.convergence, self.trajectory.parameters)
        bowl.viewpoint.look(0.3, 0.5)
        return bowl

    def here(self) -> np.ndarray:
        return self.clock.parameters

    def gradient(self) -> np.ndarray:
        return self.loss.gradient(self.here())

    def downhill(self) -> np.ndarray:
        return -0.1 * self.gradient()

    def reading(self) -> Quantity:
        losses = self.trajectory.losses
        return Quantity("L", lambda: fixed(losses[self.clock.step]), STAGE.centre, quantity="loss")


class DotBesideItsPlace(Small):
    """A dot is a thousandth of an axis unit off."""

    def show(self) -> None:
        panel = self.map_panel
        dot = panel.dot(self.here())
        self.add(dot.shift(np.array([1e-3, 0, 0]) * panel.unit()[0]))


class LineOfTheLastStep(Small):
    """The line still shows the parameters of the step before."""

    def show(self) -> None:
        panel = self.data_panel
        line, late = panel.line(self.here), panel.line(self.trajectory.parameters[19])
        self.add(line.clear_updaters().become(late.clear_updaters()))


class NumberWithAWrongDigit(Small):
    """The last digit displayed is one too many."""

    def show(self) -> None:
        reading = self.reading()
        text = reading.digits.text()
        reading.digits.text = lambda: text[:-1] + str((int(text[-1]) + 1) % 10)
        reading.digits.refresh()
        self.add(reading)


class UpdateThatIsTheValueBefore(Small):
    """Behind the equation of the update stands the parameter that goes into it."""

    def show(self) -> None:
        panel = UpdatePanel(STAGE.rows(1, 2)[0], self.derivation, self.clock)
        update, value = panel.updates[0], self.trajectory.parameters[20, 0]
        self.add(update, Result(update, lambda: fixed(value), PALETTE.parameters, "parameter"))


class LossThatIsASlope(Small):
    """A number is called L and is something else, which its claim does not know."""

    def show(self) -> None:
        slope = self.gradient()[0]
        self.add(Quantity("L", lambda: fixed(slope), STAGE.centre, quantity="slope"))


class SumThatDoesNotAddUp(Small):
    """Both numbers of an equation are computed, and yet it is wrong."""

    def show(self) -> None:
        first, last = self.trajectory.parameters[[0, 20], 0]
        markup = formula("a <- {a} - {b} = {c}", a=fixed(first), b=fixed(last), c=fixed(last))
        self.add(maths(markup))


class NumberCutNotRounded(Small):
    """A number was cut off where it should have been rounded."""

    def show(self) -> None:
        fixed(0.996, 2)
        self.add(maths("L = 0.99"))


class ArrowUphill(Small):
    """An arrow along the gradient claims to go against it."""

    def show(self) -> None:
        uphill = -self.downhill()
        self.add(self.map_panel.arrow(self.here(), uphill, against=self.gradient))


class ArrowFromElsewhere(Small):
    """An arrow has the right displacement and begins in the wrong place."""

    def show(self) -> None:
        self.add(self.map_panel.arrow(self.here(), self.downhill()).shift(np.array([0.1, 0, 0])))


class RingOfAnotherLevel(Small):
    """A ring is a little too small for its level."""

    def show(self) -> None:
        ring = self.map_panel.ring(float(self.trajectory.losses[20]))
        self.add(ring.scale(0.999))


class PathThatSkipsAStep(Small):
    """A path cuts a corner of the trajectory."""

    def show(self) -> None:
        path = self.map_panel.path(self.clock).clear_updaters()
        path.points = np.delete(path.points, slice(40, 44), axis=0)
        self.add(path)


class BarOfTheWrongHeight(Small):
    """A residual does not reach the line."""

    def show(self) -> None:
        bars = self.data_panel.residuals(self.here())
        bars.clear_updaters()[7].stretch(0.9, dim=1)
        self.add(bars)


class DotAboveTheBowl(Small):
    """A dot hovers over the surface of the loss."""

    def show(self) -> None:
        dot = self.bowl.dot(self.here, risen=1.0).clear_updaters()
        self.add(dot.shift(np.array([0, 0.05, 0])))


class DotNextToItsPlaceOnTheBowl(Small):
    """A dot is as high as its loss and stands over other parameters."""

    def show(self) -> None:
        dot = self.bowl.dot(self.here, risen=1.0).clear_updaters()
        self.add(dot.shift(np.array([0.05, 0, 0])))


class TickThatSaysAnotherNumber(Small):
    """The numbers of an axis have slipped by one tick."""

    def show(self) -> None:
        panel = self.data_panel
        first, second = panel.numbers[:2]
        first.move_to(second)
        self.add(panel)


class TypedCaption(Small):
    """A number is told that nobody computed."""

    def show(self) -> None:
        self.sentence = "The loss falls from 77.01 to 66.52."


class SaidAndNotShown(Small):
    """One number is said and stands nowhere; others are shown, or counted, or heard roughly."""

    def construct(self) -> None:
        loss, a = self.trajectory.losses[20], self.trajectory.parameters[20, 0]
        self.add(maths(formula("L = {loss}", loss=fixed(loss, 4))))
        with self.say(
            "From {n} points: {loss}, about {share} %, and {a}.",
            n=counted(len(self.lesson.x)),
            loss=heard_roughly(fixed(loss, 2)),
            share=fixed(100 * loss, 0),
            a=fixed(a),
        ):
            self.wait(0.4)


class UnboundDot(Small):
    """A dot stands in a panel and claims nothing."""

    def show(self) -> None:
        panel = self.map_panel
        self.add(panel, Dot(panel.point(*self.here())))


class DotDeclaredADecoration(Small):
    """A dot is passed off as standing for nothing."""

    def show(self) -> None:
        panel = self.map_panel
        self.add(panel, decoration(Dot(panel.point(*self.here()))))


class CopyOfABoundLine(Small):
    """A copy outlives the line that answered for it."""

    def show(self) -> None:
        self.add(self.data_panel.line(self.here()).copy())


class NotANumber(Small):
    """What is compared is not a number, which is no excuse."""

    def show(self) -> None:
        line = Line()
        bind(line, "slope", lambda: np.array([1.0]), lambda: np.array([np.nan]))
        self.add(VMobject(), line)
