"""Draw the examples of the kit and write docs/kit.md from them: `make gallery`."""

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from manim import Mobject, tempconfig
from PIL import Image

from docs.kit.examples import Examples

PAGE = Path("docs/kit.md")
PICTURES = Path("docs/kit")
WIDTH, HEIGHT = 960, 540
MARGIN = 16
"""Pixels left around what is drawn."""
TONES = 64
"""Colours of a picture on the page, which keep it small."""
HEAD = """\
# The kit in pictures

What the builders of `scenes/kit` draw, each with the lines that draw it. `self` is a chapter: it
has the `lesson`, its `loss`, `derivation`, `convergence` and `trajectory`. A builder returns what
it draws; the chapter plays it. What is given a function, as `lambda: clock.parameters`, follows it.

This page is made by `make gallery` from `docs/kit/examples.py`.
"""


def examples() -> Iterator[tuple[str, Callable[[Examples], Mobject]]]:
    """The examples by name, as they follow one another in the source."""
    for name, value in vars(Examples).items():
        if inspect.isfunction(value) and not name.startswith("_"):
            yield name, value


def page() -> str:
    """The text of docs/kit.md."""
    parts = [HEAD]
    for name, example in examples():
        title = name.replace("_", " ").capitalize()
        _, body = inspect.getsource(example).split('"""\n', 1)
        code = textwrap.dedent(body).strip()
        says = inspect.getdoc(example)
        parts.append(
            f"## {title}\n\n{says}\n\n```python\n{code}\n```\n\n![{title}](kit/{name}.png)\n"
        )
    return "\n".join(parts)


def picture(example: Callable[[Examples], Mobject]) -> Image.Image:
    """What ``example`` draws, cut to what there is."""
    with tempconfig({"pixel_width": WIDTH, "pixel_height": HEIGHT, "dry_run": True}):
        chapter = Examples()
        chapter.add(example(chapter))
        chapter.update_mobjects(0)
        chapter.camera.capture_mobjects(chapter.mobjects)
        pixels = np.asarray(chapter.camera.pixel_array)[..., :3].copy()
    rows, columns = (
        np.flatnonzero((pixels != pixels[0, 0]).any(axis=(axis, 2))) for axis in (1, 0)
    )
    top, bottom = max(0, rows[0] - MARGIN), rows[-1] + MARGIN
    left, right = max(0, columns[0] - MARGIN), columns[-1] + MARGIN
    return Image.fromarray(pixels[top:bottom, left:right])


def main() -> int:
    """Draw what there is to draw, and say so."""
    for name, example in examples():
        picture(example).quantize(TONES).save(PICTURES / f"{name}.png", optimize=True)
        sys.stdout.write(f"{PICTURES / name}.png\n")
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
