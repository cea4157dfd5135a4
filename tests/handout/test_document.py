"""What the handout says is computed, and no sign of a lesson's text is read as markup."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from gdmath import Lesson, summarise, to_typst
from handout.document import contents_of, printed
from pipeline.cache.record import Beat, Rendered
from scenes.outline import LECTURE, Entry, LeftOut

ODD = r"#$*_`<>[]{}\"@~"
"""Signs that would be read as something else in Typst's markup."""
CHAPTERS = (0, 5)


def chapters(sentence: str, left_out: str = "") -> list[tuple[Entry, Rendered]]:
    rendered = Rendered(Path("film"), 30, 15, 1, (Beat(sentence, 0, 1), Beat("", 1, 2)), {})
    first, other = (LECTURE[number] for number in CHAPTERS)
    lacks = (LeftOut(left_out, left_out),) if left_out else ()
    return [(replace(first, left_out=lacks), rendered), (other, rendered)]


def glyphs(lesson: Lesson, text: str) -> int:
    """How many glyphs are drawn on all pages if the lesson's every text is this one."""
    texts = dict.fromkeys(("title", "author", "x_label", "y_label", "x_unit", "y_unit"), text)
    told = summarise(replace(lesson, **texts))
    still = BytesIO()
    Image.new("RGB", (16, 9)).save(still, format="png")
    stills = {f"{LECTURE[number].slug}.png": still.getvalue() for number in CHAPTERS}
    pages = printed(contents_of(told, chapters(text, text)), stills, "svg")
    return sum(page.count(b"<use ") for page in pages)


def test_the_lesson_s_texts_stand_there_letter_by_letter(notebook: Lesson) -> None:
    assert glyphs(notebook, ODD) == glyphs(notebook, "x" * len(ODD))


def test_the_derivative_is_worked_line_by_line(notebook: Lesson) -> None:
    told = summarise(notebook)
    _, fifth = contents_of(told, chapters("A sentence."))["chapters"]  # type: ignore[misc]
    for lines, parameter in zip(fifth["worked"], notebook.parameters, strict=True):
        steps = told.derivation.steps(parameter)
        assert [rule for *_, rule in lines] == ["", *(step.rule for step in steps)]
        assert lines[-1][1] == to_typst(steps[-1].after, as_written=True)
    assert fifth["said"] == ["A sentence."]


def test_the_descent_is_told_from_its_start_to_its_end(notebook: Lesson) -> None:
    told = summarise(notebook)
    contents = contents_of(told, chapters(""))
    steps = [row[0] for row in contents["descent"]]  # type: ignore[attr-defined]
    assert steps == ["0", "1", "2", "5", "10", "20", "50", "100", "200", "400"]
    last = contents["descent"][-1]  # type: ignore[index]
    assert float(last[3]) == pytest.approx(told.trajectory.losses[-1], rel=1e-5)
    assert len(contents["points"]) == notebook.x.size  # type: ignore[arg-type]
