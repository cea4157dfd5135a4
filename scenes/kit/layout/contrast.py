"""Contrast is computed for arrays of colours, as the Web Content Accessibility Guidelines do.

Source: WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Colours = NDArray[np.float64]


def luminance(colours: ArrayLike) -> Colours:
    """Relative luminance of sRGB ``colours`` (..., 3) from 0 to 1 → (...)."""
    encoded = np.asarray(colours, dtype=float)
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first: ArrayLike, second: ArrayLike) -> Colours:
    """The contrast ratio of two colours (..., 3), from 1 to 21 → (...)."""
    lights = np.stack(np.broadcast_arrays(luminance(first), luminance(second)))
    return np.asarray((lights.max(axis=0) + 0.05) / (lights.min(axis=0) + 0.05))


def contrast_with(ink: ArrayLike, ground: ArrayLike) -> Colours:
    """The contrast of ``ink`` (..., 4), with its opacity, with the ``ground`` (..., 3) under it."""
    ink, ground = np.asarray(ink, dtype=float), np.asarray(ground, dtype=float)
    opacity = ink[..., 3:]
    return contrast(opacity * ink[..., :3] + (1 - opacity) * ground, ground)
