"""Picture: a frame that knows which of its tiles differ from the frame before."""

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from manim.typing import PixelArray

if TYPE_CHECKING:
    Pixels = PixelArray
else:
    Pixels = np.ndarray


class Picture(Pixels):
    """Pixels (height, width, 4) in RGBA, with the tiles that changed (see `tiles.Tiles`)."""

    changed: int

    def copy(self, order: Any = "C") -> Self:
        """A copy that carries the same."""
        twin = super().copy(order)
        twin.changed = self.changed
        return twin
