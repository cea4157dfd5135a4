"""Every part of an Equation can be picked out, and Rewrite morphs one equation into the next.

An equation is made of a gdmath expression. Each sub-expression is typeset in a colour of its own
that names it; the glyphs are then told apart by that colour and painted by meaning. One compilation
serves any number of parts, and the layout is untouched.
"""

from collections.abc import Callable, Iterable
from typing import Any, Self, cast

import sympy as sp
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    ManimColor,
    MathTypst,
    Mobject,
    Scene,
    Transform,
    Typst,
    VGroup,
    VMobject,
)

from gdmath.notation import path_name, typeset
from gdmath.trees import Path, subexpression
from scenes.kit.proof.glyph_origin import note_origin
from scenes.kit.text.typeset import PREAMBLE, SETTING
from scenes.kit.theme import PALETTE, SIZE

Colouring = Callable[[sp.Basic], str | None]

ROOT: Path = ()
LOSS = sp.Symbol("L")
RATE = sp.Symbol("eta")

# A group's number in hexadecimal, six digits long, is the colour that names it.
NAMING = """\
#let digit(value, place) = str(calc.rem(calc.quo(value, calc.pow(16, place)), 16), base: 16)
#let colour(value) = rgb("#" + range(6).rev().map(place => digit(value, place)).join(""))
#let manimgrp(name, body) = text(fill: colour(number.at(name)), body)
"""


class Equation(Typst):
    """A typeset SymPy expression, its parts named by their paths.

    A path leads into ``.args``, as in gdmath.notation: ``part(path)`` picks a sub-expression,
    ``own(path)`` its own glyphs only. The own glyphs of a node are those of none of its parts: the
    Σ and its limits of a sum, the signs and brackets of a bracketed term. ``colouring`` paints a
    sub-expression and all within it; ``as_written`` keeps the order of the arguments.
    """

    def __init__(
        self,
        expression: sp.Basic,
        size: float = SIZE.equation,
        colouring: Colouring = lambda _: None,
        color: str = PALETTE.ink,
        as_written: bool = False,
    ) -> None:
        formula = typeset(expression, as_written=as_written)
        self.expression, self.paths = expression, formula.paths
        # Manim's own probes compile once a part; here a part's number is its colour, all in one go.
        body, _ = MathTypst._preprocess_groups(formula.markup)
        numbers = ", ".join(f'"{path_name(p)}": {k}' for k, p in enumerate(self.paths, start=1))
        preamble = f"{PREAMBLE}\n#let number = ({numbers})\n{NAMING}"
        setting = SETTING | {"typst_preamble": preamble}
        super().__init__(f"$ {body} $", font_size=size, **setting)
        note_origin(self, str(expression), size)
        self.glyphs: dict[Path, list[VMobject]] = {path: [] for path in self.paths}
        paints = {path: colouring(subexpression(expression, path)) for path in self.paths}
        for glyph in self.submobjects:
            path = self._owner(glyph)
            self.glyphs.setdefault(path, []).append(glyph)
            within = (paints.get(path[:k]) for k in range(len(path) + 1))
            paint = next((p for p in within if p), color)
            if glyph.get_fill_opacity() > 0:
                glyph.set_fill(paint)
            else:
                glyph.set_stroke(paint)

    def _owner(self, glyph: VMobject) -> Path:
        """The path of the sub-expression that gave this glyph its colour.

        A glyph without a fill is a fraction bar: a stroke.
        """
        filled = glyph.get_fill_opacity() > 0
        colour = ManimColor(glyph.get_fill_color() if filled else glyph.get_stroke_color())
        number = int(colour.to_hex()[1:], 16)
        return self.paths[number - 1] if 0 < number <= len(self.paths) else ROOT

    def init_colors(self, propagate_colors: bool = True) -> Self:  # noqa: ARG002 (manim's form)
        """Keep the colours of the parts, also number 0: they are names until they are read."""
        return self

    def own(self, path: Path) -> VGroup:
        """The glyphs of the node at ``path`` that belong to none of its parts."""
        return VGroup(*self.glyphs.get(path, ()))

    def part(self, path: Path) -> VGroup:
        """All glyphs of the sub-expression at ``path``, in reading order."""
        inside = {id(g) for p, gs in self.glyphs.items() if p[: len(path)] == path for g in gs}
        return VGroup(*(glyph for glyph in self.submobjects if id(glyph) in inside))

    def find(self, node: sp.Basic) -> list[VGroup]:
        """Every occurrence of the sub-expression ``node``, in reading order."""
        whole = self.expression
        return [self.part(path) for path in self.paths if subexpression(whole, path) == node]


def by_meaning(parameters: Iterable[sp.Symbol]) -> Colouring:
    """Paint parameters, data, the loss and its gradient in their colours of the palette."""
    own = frozenset(parameters)

    def paint(node: sp.Basic) -> str | None:
        if node in own:
            return PALETTE.parameters
        if isinstance(node, sp.Derivative) and node.expr == LOSS:
            return PALETTE.gradient
        if isinstance(node, sp.Indexed):
            return PALETTE.data
        return PALETTE.loss if node == LOSS else None

    return paint


class Rewrite(AnimationGroup):
    """Morph ``before`` into ``after``, each part into the part it became.

    ``pairs`` says which path of ``after`` came from which of ``before`` (gdmath's correspond). A
    part with no source fades in, one with no successor fades out, one with several successors
    splits. With ``keep`` the old line stays and a copy of it goes on.
    """

    def __init__(
        self,
        before: Equation,
        after: Equation,
        pairs: Iterable[tuple[Path, Path]],
        keep: bool = False,
        **options: Any,
    ) -> None:
        self.before, self.after, self.keep = before, after, keep
        source = {target: origin for origin, target in pairs}
        moved: set[Path] = set()
        animations: list[Animation] = []
        for path, glyphs in after.glyphs.items():
            old = before.glyphs.get(source[path], []) if path in source else []
            moved |= {source[path]} if old else set()
            for k, glyph in enumerate(glyphs):
                if old:
                    piece = old[min(k, len(old) - 1)].copy()
                    animations.append(Transform(piece, glyph.copy()))
                else:
                    animations.append(FadeIn(glyph.copy(), rate_func=late))
            animations += [FadeOut(extra.copy(), rate_func=early) for extra in old[len(glyphs) :]]
        if not keep:
            for path, glyphs in before.glyphs.items():
                if path not in moved:
                    animations += [FadeOut(glyph.copy(), rate_func=early) for glyph in glyphs]
        super().__init__(*animations, **{"run_time": 1.6, "lag_ratio": 0, **options})

    def _setup_scene(self, scene: Scene) -> None:
        if not self.keep:
            scene.remove(self.before)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Leave the new equation itself on screen, not the pieces that moved."""
        super().clean_up_from_scene(scene)
        # Manim gives an animation's mobject the type it has under OpenGL.
        scene.remove(*(cast("Mobject", animation.mobject) for animation in self.animations))
        scene.add(self.after)


def early(t: float) -> float:
    """Done in the first third: what vanishes makes room."""
    return min(1.0, 3 * t)


def late(t: float) -> float:
    """Begins in the last third: what is new waits for what moves."""
    return max(0.0, 3 * t - 2)
