"""What the shape of a bowl decides: its condition number and its largest stable rate."""

from gdmath import Convergence, FloatArray
from scenes.ch11_fix_the_bowl.ruler import LiveScaling
from scenes.kit.frame import Region
from scenes.kit.text import Quantity
from scenes.kit.theme import SIZE
from scenes.kit.wording import significant

DIGITS = 4
INSET = 0.4


def bowl_numbers(
    region: Region, theory: Convergence, scaling: LiveScaling
) -> tuple[Quantity, Quantity]:
    """κ above the map in ``region`` and the largest rate below it, of the bowl as it now is."""

    def now() -> FloatArray:
        return scaling.present.curvatures(theory)

    above, below = region.centre.copy(), region.centre.copy()
    above[:2] = region.left, region.top - INSET
    below[:2] = region.left + INSET, region.bottom + 0.1
    kappa = Quantity(
        "kappa",
        lambda: significant(now()[1] / now()[0], DIGITS),
        above,
        SIZE.equation,
        quantity="condition number",
    )
    rate = Quantity(
        'eta_"max"',
        lambda: significant(2 / now()[1], DIGITS - 1),
        below,
        SIZE.equation,
        quantity="largest stable rate",
    )
    return kappa, rate
