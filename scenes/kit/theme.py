"""The theme is the look of the lecture: colours by meaning, type sizes, strokes and pauses.

Sizes are manim font sizes: 48 is an em of half a unit, and a unit is 135 px at 1080p, so that the
smallest size here keeps a cap height of 18 px. The colours of meaning stay at least 30 CIELAB units
apart for normal sight and under simulated protanopia, deuteranopia and tritanopia; the bowl's two
directions, which are always named besides, at least 20 from those. Muted carries none.
The heights of the loss, the deepest first, are as far apart in lightness each from the next; all
colours of meaning stand out on each of them.

There are two palettes, and the environment variable THEME says which: `dark`, as usual, for a
screen; `light` for a bright room or for paper. All this holds for both.
"""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """What a colour means, the same in an equation, in a plot and in a caption's picture."""

    background: str = "#0E1220"
    heights: tuple[str, ...] = (
        "#071E51",
        "#00295A",
        "#003462",
        "#003E6A",
        "#004971",
        "#005379",
        "#005E80",
        "#116887",
    )
    ink: str = "#F1EEE6"
    data: str = "#EDE6D6"
    parameters: str = "#4FA3F7"
    loss: str = "#F5A623"
    gradient: str = "#F25C7A"
    stiff: str = "#DF9FD4"
    flat: str = "#9DF28C"
    muted: str = "#8F99B0"
    scaffold: str = "#69748F"
    faint: str = "#2B344B"


PALETTES = {
    "dark": Palette(),
    "light": Palette(
        background="#FBF8F2",
        heights=(
            "#98A6D3",
            "#9EB1D9",
            "#A5BCDE",
            "#AEC7E3",
            "#B9D2E8",
            "#C5DCEC",
            "#D3E6F1",
            "#E1F0F7",
        ),
        ink="#161A21",
        data="#1D2C2A",
        parameters="#1461E7",
        loss="#843600",
        gradient="#CD027D",
        stiff="#5E1FA2",
        flat="#0B7B45",
        muted="#565F6D",
        scaffold="#7A8290",
        faint="#D2D8E0",
    ),
}


def chosen(theme: str) -> Palette:
    """The palette called ``theme``; another name ends the process with a line that says so."""
    if theme not in PALETTES:
        raise SystemExit(f"THEME is {theme!r}; it may be {' or '.join(PALETTES)}")
    return PALETTES[theme]


@dataclass(frozen=True)
class Sizes:
    """Font sizes: `title` on the card, `heading` of the running title, to `tick` on an axis."""

    title: float = 72
    heading: float = 26
    equation: float = 40
    label: float = 31.5
    small: float = 26
    tick: float = 22


@dataclass(frozen=True)
class Strokes:
    """Line widths in manim stroke units."""

    line: float = 5
    path: float = 4
    contour: float = 2
    residual: float = 3
    axis: float = 2
    arrow: float = 6


@dataclass(frozen=True)
class Pauses:
    """Seconds of rest.

    `breath` comes after a beat whose pictures outlast its sentence, `still` at a chapter's end.
    """

    breath: float = 0.4
    still: float = 1.2


PALETTE = chosen(os.environ.get("THEME") or "dark")
SIZE = Sizes()
STROKE = Strokes()
BY_DIRECTION = PALETTE.flat, PALETTE.stiff
"""The colours of the bowl's two directions, as `gdmath.Convergence` has them: flat first."""
PAUSE = Pauses()
