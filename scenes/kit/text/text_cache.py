"""Texts once set are cached in build/, for most of what a chapter says it said the last time.

What is kept is the finished mobject, not the parsed picture that Manim would keep: that one has
forgotten how bold a bar is.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from manim import Typst, config

FOLDER = Path("build") / "texts"

T = TypeVar("T", bound=Typst)


def cached(kind: type[T], markup: str, build: Callable[[], T], *how: object) -> T:
    """What ``build()`` returns for this markup, set as ``how`` says; or that of an earlier run.

    Nothing depends on a file being there, whole, or possible to write.
    """
    # Bars are as bold as the size of a pixel asks for.
    key = kind.__name__, markup, how, config.pixel_width, config.frame_width, makers()
    file = FOLDER / hashlib.sha256(repr(key).encode()).hexdigest()
    with suppress(Exception):
        found = pickle.loads(file.read_bytes())
        if isinstance(found, kind):
            return found
    with _by_itself(markup):
        text = build()
    for glyph in text.submobjects:
        vars(glyph).pop("path_obj", None)
    with suppress(OSError):
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(text))
        part.replace(file)
    return text


@contextmanager
def _by_itself(markup: str) -> Iterator[None]:
    """Give Typst a folder for nothing but this text: there is no other file that it may read."""
    shared = config.tex_dir
    config.tex_dir = f"{shared}/{hashlib.sha256(markup.encode()).hexdigest()[:16]}"
    try:
        yield
    finally:
        config.tex_dir = shared


@cache
def makers() -> tuple[str, ...]:
    """The versions of what sets texts."""
    return tuple(version(package) for package in ("manim", "typst", "svgelements", "numpy"))
