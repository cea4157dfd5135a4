"""What a chapter may say is told from its source, and holds for all that it does say."""

from pathlib import Path

import pytest

from pipeline.language.sayings import Saying, sayings
from pipeline.language.template import Slot, Template, walk
from tests.pipeline.language.conftest import CHAPTER

SCENE = "scenes.ch01_square", "Square"


def messages(said: list[Saying]) -> set[tuple[str, str]]:
    templates = [template for saying in said for template in saying.templates]
    return {(context, found.message) for context, found, _ in walk(templates) if found.message}


@pytest.mark.usefixtures("project")
def test_every_sentence_is_found_with_all_its_words() -> None:
    assert messages(sayings(*SCENE)) == {
        ("", "A {shape} stands here."),
        ("", "A {shape} stands."),
        ("shape", "square"),
        ("shape", "diamond"),
        ("", "The {shape} {really}moves {how}: from {written} to {speed}."),
        ("really", "really"),
        ("how", "by {speed}, {paces}"),
        ("how", "not at all"),
        ("paces", "fast"),
        ("paces", "hardly"),
        ("", "It stops."),
    }


@pytest.mark.usefixtures("project")
def test_they_stand_where_the_chapter_says_them() -> None:
    lines = CHAPTER.splitlines()
    found = sayings(*SCENE)
    assert len(found) == CHAPTER.count("self.say(")
    assert all("self.say(" in lines[saying.position[0] - 1] for saying in found)


@pytest.mark.usefixtures("project")
def test_the_values_of_a_sentence_are_read_back() -> None:
    template = sayings(*SCENE)[1].templates[0]
    values = template.read("The square moves by 2.5, fast: from 0.0 to 2.5.")
    assert values == {
        "shape": "square",
        "really": "",
        "how": "by 2.5, fast",
        "written": "0.0",
        "speed": "2.5",
    }
    assert template.read("The circle moves by 2.5, fast: from 0.0 to 2.5.") is None


def test_what_cannot_be_read_is_known(project: Path) -> None:
    chapter = project / "scenes/ch01_square.py"
    chapter.write_text(CHAPTER.replace('"It stops."', "self.lesson.title"))
    assert [saying.is_readable for saying in sayings(*SCENE)] == [True, True, False, True]


@pytest.mark.parametrize(
    "said",
    [
        "steps = steps[1:]",
        "steps, other = other, steps",
        "steps = self.turn(steps)",
        "self.steps = steps = self.steps",
        "for steps in ('few', 'many'): pass",
        "steps, *other = 'few', 'many'",
        "steps = [str(step) for step in steps][0]",
    ],
)
def test_what_leads_round_in_a_circle_or_anywhere_is_any_text(project: Path, said: str) -> None:
    chapter = project / "scenes/ch01_square.py"
    turn = "\n    def turn(self, steps):\n        return self.turn(steps)\n"
    aside = 'with self.say("It stops."):'
    text = CHAPTER.replace(aside, f'{said}\n        with self.say(f"It stops {{steps}}."):')
    chapter.write_text(text + turn)
    (template,) = sayings(*SCENE)[2].templates
    assert template == Template(("It stops ", Slot("steps"), "."))


def test_text_in_braces_is_no_slot() -> None:
    template = Template(("the set {1, 2}",))
    assert template.message.format() == "the set {1, 2}"
    assert template.read("the set {1, 2}") == {}
