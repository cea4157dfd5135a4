"""The table of contents: the chapters of the lecture in viewing order, and what each needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class LeftOut:
    """A chapter that a lesson cannot have, and why: a clause that follows a colon."""

    title: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """One chapter: its number, where its scene lives, and what its title card says.

    It is left out of a lecture about a lesson that lacks one of the requirements it ``needs``,
    named as in `gdmath.requirements`. What follows then moves up: ``place`` is the number on the
    title card where that is not the chapter's own. The first chapter of a lecture tells what is
    ``left_out``.
    """

    number: int
    module: str
    scene: str
    title: str
    claim: str
    needs: tuple[str, ...] = ()
    place: int | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def slug(self) -> str:
        """The file name a rendered chapter carries, such as ``ch07_four_hundred_steps``."""
        return slug_of(self.module)

    @property
    def shown_number(self) -> int:
        """The number that its title card shows."""
        return self.number if self.place is None else self.place


LECTURE: tuple[Entry, ...] = (
    Entry(
        number=0,
        module="scenes.ch00_it_looks_done.scene",
        scene="ItLooksDone",
        title="It looks done",
        claim="A picture that has stopped is not a descent that has arrived.",
    ),
    Entry(
        number=1,
        module="scenes.ch01_a_guess_and_its_errors.scene",
        scene="AGuessAndItsErrors",
        title="A guess and its errors",
        claim="Every point says how far off the line is, straight up and down.",
        needs=("few points",),
    ),
    Entry(
        number=2,
        module="scenes.ch02_one_number_for_wrong.scene",
        scene="OneNumberForWrong",
        title="One number for wrong",
        claim="Square the residuals, average them: one number for a whole line.",
        needs=("few points",),
    ),
    Entry(
        number=3,
        module="scenes.ch03_two_knobs_one_map.scene",
        scene="TwoKnobsOneMap",
        title="Two knobs, one map",
        claim="Every line is a point of the map; the loss gives it its height.",
    ),
    Entry(
        number=4,
        module="scenes.ch04_slope_by_nudging.scene",
        scene="SlopeByNudging",
        title="Slope by nudging",
        claim="A second point close by measures the slope, until rounding spoils it.",
    ),
    Entry(
        number=5,
        module="scenes.ch05_the_chain_rule_worked.scene",
        scene="TheChainRuleWorked",
        title="The chain rule, worked",
        claim="The loss is differentiated, one rule at a time.",
    ),
    Entry(
        number=6,
        module="scenes.ch06_one_step.scene",
        scene="OneStep",
        title="One step",
        claim="Against the gradient, by the learning rate: both parameters at once.",
        needs=("first step downhill",),
    ),
    Entry(
        number=7,
        module="scenes.ch07_every_step.scene",
        scene="EveryStep",
        title="Every step on one clock",
        claim="A fixed learning rate does not mean fixed steps.",
    ),
    Entry(
        number=8,
        module="scenes.ch08_the_bowl.scene",
        scene="TheBowl",
        title="The bowl",
        claim="The loss is a surface, and the path lies on it.",
    ),
    Entry(
        number=9,
        module="scenes.ch09_why_it_crawls.scene",
        scene="WhyItCrawls",
        title="Why it crawls",
        claim="One rate for two directions: the bowl is stiff one way and flat the other.",
        needs=("bowl at the minimum", "plain descent", "flat direction"),
    ),
    Entry(
        number=10,
        module="scenes.ch10_how_big_a_step.scene",
        scene="HowBigAStep",
        title="How big can the step be?",
        claim="Creeping, gliding, bouncing and blowing up are one number apart.",
        needs=("quadratic loss", "plain descent"),
    ),
    Entry(
        number=11,
        module="scenes.ch11_fix_the_bowl.scene",
        scene="FixTheBowl",
        title="Fix the bowl, not the step",
        claim="The units of x shape the bowl, and they are ours to choose.",
        needs=("straight line", "squared residuals", "plain descent"),
    ),
    Entry(
        number=12,
        module="scenes.ch12_check_the_answer.scene",
        scene="CheckTheAnswer",
        title="Check the answer",
        claim="For squares and a linear model, two equations give it without a step.",
        needs=("linear prediction", "squared residuals"),
    ),
    Entry(
        number=13,
        module="scenes.ch13_momentum.scene",
        scene="WithMomentum",
        title="Momentum",
        claim="A step that remembers carries speed: more than a bigger step.",
        needs=("plain or momentum",),
    ),
    Entry(
        number=14,
        module="scenes.ch14_one_point_at_a_time.scene",
        scene="OnePointAtATime",
        title="One point at a time",
        claim="Crude steps get far early. Whether they settle is up to the data.",
        needs=("few points",),
    ),
    Entry(
        number=15,
        module="scenes.ch15_beyond_bowls.scene",
        scene="BeyondBowls",
        title="Beyond bowls",
        claim="Two basins and a saddle: where you end depends on where you start.",
    ),
)


def programme(
    missing: Mapping[str, str], lecture: Sequence[Entry] = LECTURE
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """The chapters of a lesson that misses the requirements ``missing``, and those it cannot have.

    ``missing`` gives the reason for each by name, as `gdmath.unmet_requirements` does.
    """
    reasons = [next((missing[n] for n in entry.needs if n in missing), "") for entry in lecture]
    told = list(zip(lecture, reasons, strict=True))
    left_out = tuple(LeftOut(entry.title, reason) for entry, reason in told if reason)
    if not left_out:
        return tuple(lecture), ()
    kept = [entry for entry, reason in told if not reason]
    placed = [
        replace(entry, place=place if place != entry.number else None)
        for place, entry in enumerate(kept, start=lecture[0].number)
    ]
    placed[0] = replace(placed[0], left_out=left_out)
    return tuple(placed), left_out


def entry_of(module: str, lecture: Sequence[Entry] = LECTURE) -> Entry:
    """The entry of the chapter in ``module`` (a dotted name or a file stem); KeyError if none."""
    for entry in lecture:
        if entry.slug == slug_of(module):
            return entry
    raise KeyError(module)


def slug_of(module: str) -> str:
    """The chapter that ``module`` belongs to, be it a file of its own or the scene in a folder."""
    return module.removesuffix(".scene").rpartition(".")[2]
