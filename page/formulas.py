"""Set the lesson's formulas for the page: drawings by Typst, from the lesson's own derivation."""

import sympy as sp
import typst

from gdmath import Derivation, Lesson, to_typst
from gdmath.derivation import LOSS
from gdmath.update_formulas import update_of
from scenes.kit.theme import PALETTE

SHEET = """
#set page(width: auto, height: auto, margin: 4pt, fill: none)
#set text(size: 22pt, fill: rgb("{ink}"), font: ("New Computer Modern", "Libertinus Serif"))
$ {formula} $
"""

SHOWN_IN = {
    1: {"prediction": "the prediction", "residual": "the residual"},
    2: {"loss": "the loss"},
    5: {"slope-0": "the slope in the first parameter", "slope-1": "the slope in the second"},
    6: {"update-0": "the update of the first parameter", "update-1": "that of the second"},
}
"""Names of formulas by the chapter that they stand beside, each with what is read for it aloud."""


def formulas(lesson: Lesson, derivation: Derivation) -> dict[str, bytes]:
    """The drawings by name, as SVG."""
    written = in_typst(lesson, derivation)
    return {name: _drawn(formula) for name, formula in written.items()}


def in_typst(lesson: Lesson, derivation: Derivation) -> dict[str, str]:
    """The formulas by name, in Typst mathematics."""
    residual = sp.Symbol("r_i")
    written = {
        "prediction": f"hat(y)_i = {to_typst(derivation.prediction)}",
        "residual": f"{to_typst(residual)} = {to_typst(derivation.residual)}",
        "loss": f"{to_typst(LOSS)} = {to_typst(derivation.loss)}",
    }
    for place, (parameter, slope) in enumerate(
        zip(lesson.parameters, derivation.gradient, strict=True)
    ):
        along = f"(partial {to_typst(LOSS)})/(partial {to_typst(parameter)})"
        written[f"slope-{place}"] = f"{along} = {to_typst(slope, as_written=True)}"
        update = update_of(lesson.rule, sp.Symbol("eta"), LOSS, parameter)
        written[f"update-{place}"] = to_typst(update)
    return written


def _drawn(formula: str) -> bytes:
    sheet = SHEET.format(ink=PALETTE.ink, formula=formula)
    drawing: bytes = typst.compile(sheet.encode(), format="svg")
    return drawing
