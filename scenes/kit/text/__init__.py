"""This room sets words, formulas and changing numbers, all by Typst in one typeface."""

from scenes.kit.text.equations import LOSS, Equation, Rewrite, by_meaning
from scenes.kit.text.formulas import (
    colours,
    loss_formula,
    predicted,
)
from scenes.kit.text.momentum_rule import MomentumRow, MomentumRule, plain_rule
from scenes.kit.text.quantity import Quantity
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import formula, in_maths, maths, seat, words
from scenes.kit.text.update_panel import UpdatePanel

__all__ = [
    "LOSS",
    "Equation",
    "MomentumRow",
    "MomentumRule",
    "Quantity",
    "Readout",
    "Rewrite",
    "UpdatePanel",
    "by_meaning",
    "colours",
    "formula",
    "in_maths",
    "loss_formula",
    "maths",
    "plain_rule",
    "predicted",
    "seat",
    "words",
]
