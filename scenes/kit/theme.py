"""The theme is the look of the lecture: colours by meaning, type sizes, strokes and pauses.

Sizes are manim font sizes: 48 is an em of half a unit, and a unit is 135 px at 1080p, so that the
smallest size here keeps a cap height of 18 px. The colours of meaning stay at least 30 CIELAB units
apart for normal sight and under simulated protanopia, deuteranopia and tritanopia; muted carries
none.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """What a colour means, the same in an equation, in a plot and in a caption's picture."""

    background: str = "#0E1220"
    height: str = "#33457F"
    ink: str = "#F1EEE6"
    data: str = "#EDE6D6"
    parameters: str = "#4FA3F7"
    loss: str = "#F5A623"
    gradient: str = "#F25C7A"
    muted: str = "#8F99B0"
    scaffold: str = "#69748F"
    faint: str = "#2B344B"


@dataclass(frozen=True)
class Sizes:
    """Font sizes: `title` on the card, `heading` of the running title, to `tick` on an axis."""

    title: float = 72
    heading: float = 26
    equation: float = 40
    label: float = 30
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


PALETTE = Palette()
SIZE = Sizes()
STROKE = Strokes()
PAUSE = Pauses()
