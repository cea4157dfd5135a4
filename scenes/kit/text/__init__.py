"""This room sets words, formulas and changing numbers, all by Typst in one typeface."""

from scenes.kit.text.equations import LOSS, Equation, Rewrite, by_meaning
from scenes.kit.text.formulas import colours, loss_formula, predicted
from scenes.kit.text.momentum_rule import MomentumRow, MomentumRule, plain_rule
from scenes.kit.text.quantity import Quantity
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import code, formula, in_maths, maths, seat, words
from scenes.kit.text.update_panel import UpdatePanel
