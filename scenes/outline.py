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
        claim="It has stopped moving. But has it arrived?",
    ),
    Entry(
        number=1,
        module="scenes.ch01_a_guess_and_its_errors.scene",
        scene="AGuessAndItsErrors",
        title="A guess and its errors",
        claim="Every point has its own complaint about a line.",
        needs=("few points",),
    ),
    Entry(
        number=2,
        module="scenes.ch02_one_number_for_wrong.scene",
        scene="OneNumberForWrong",
        title="One number for wrong",
        claim="Many errors are to become one number. Which?",
        needs=("few points",),
    ),
    Entry(
        number=3,
        module="scenes.ch03_two_knobs_one_map.scene",
        scene="TwoKnobsOneMap",
        title="Two knobs, one map",
        claim="How to look at all lines at once.",
    ),
    Entry(
        number=4,
        module="scenes.ch04_slope_by_nudging.scene",
        scene="SlopeByNudging",
        title="Slope by nudging",
        claim="Measure the slope by a small step aside. But how small?",
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
        claim="Two slopes make an arrow. How far along it do you dare?",
        needs=("first step downhill",),
    ),
    Entry(
        number=7,
        module="scenes.ch07_every_step.scene",
        scene="EveryStep",
        title="Every step on one clock",
        claim="The rate never changes. So why does the walk slow down?",
    ),
    Entry(
        number=8,
        module="scenes.ch08_the_bowl.scene",
        scene="TheBowl",
        title="The bowl",
        claim="Where is the hill that we walk down?",
    ),
    Entry(
        number=9,
        module="scenes.ch09_why_it_crawls.scene",
        scene="WhyItCrawls",
        title="Why it crawls",
        claim="One learning rate, and two very different speeds.",
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
        claim="The bowl is not fate: it can be made round.",
        needs=("straight line", "squared residuals", "plain descent"),
    ),
    Entry(
        number=12,
        module="scenes.ch12_check_the_answer.scene",
        scene="CheckTheAnswer",
        title="Check the answer",
        claim="Can you find the bottom without walking?",
        needs=("linear prediction", "squared residuals"),
    ),
    Entry(
        number=13,
        module="scenes.ch13_momentum.scene",
        scene="WithMomentum",
        title="Momentum",
        claim="Can a step that remembers get there sooner?",
        needs=("plain or momentum",),
    ),
    Entry(
        number=14,
        module="scenes.ch14_one_point_at_a_time.scene",
        scene="OnePointAtATime",
        title="One point at a time",
        claim="Must every step ask every point?",
        needs=("few points",),
    ),
    Entry(
        number=15,
        module="scenes.ch15_beyond_bowls.scene",
        scene="BeyondBowls",
        title="Beyond bowls",
        claim="What if there is more than one valley?",
    ),
    Entry(
        number=16,
        module="scenes.ch16_behind_the_curve.scene",
        scene="BehindTheCurve",
        title="What you cannot see from the loss curve",
        claim="A flat curve says that the loss has settled, not that the parameters have.",
        needs=("quadratic loss", "plain descent", "flat direction", "hidden flat part"),
    ),
    Entry(
        number=17,
        module="scenes.ch17_look_back.scene",
        scene="LookBack",
        title="Look back",
        claim="Three promises kept, and three things to try.",
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
