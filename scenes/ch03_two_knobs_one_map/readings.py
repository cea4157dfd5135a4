"""Readings: the two parameters and their loss in figures, each in a column of a strip."""

from collections.abc import Callable, Sequence

import numpy as np

from gdmath import FloatArray, to_typst
from scenes.kit.frame import Region
from scenes.kit.maps import MapPanel
from scenes.kit.text import LOSS, Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited


def readings(
    columns: Sequence[Region],
    panel: MapPanel,
    here: Callable[[], FloatArray],
    written: Callable[[float], str],
) -> list[Quantity]:
    """The parameters ``here()`` (2,) in digits that the ``panel`` can tell, and the loss there."""
    write = [suited([scale.low, scale.high], 2) for scale in (panel.x, panel.y)]
    entries = [
        (to_typst(name), PALETTE.parameters, lambda k=k: write[k](here()[k]))
        for k, name in enumerate(panel.loss.lesson.parameters)
    ]
    loss = (LOSS.name, PALETTE.loss, lambda: written(float(panel.loss.value(here()))))
    shown = []
    for column, (name, color, text) in zip(columns, [*entries, loss], strict=True):
        start = np.array([column.left + 0.25 * column.width, column.centre[1] - 0.1, 0.0])
        shown.append(Quantity(name, text, start, SIZE.equation, color, name))
    return shown
