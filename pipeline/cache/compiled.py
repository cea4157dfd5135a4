"""Have Python compare its compiled sources with what they say, and not with the clock."""

import py_compile
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

CHECKED = 0b11
"""The flags of a compiled file that Python compares with the contents of its source (PEP 552)."""


def compare_contents(sources: Iterable[Path]) -> None:
    """Have Python find out by contents whether any of ``sources`` was edited, from now on.

    As a rule it goes by the size and the second of the last save: an edit that changes neither, on
    a clock that jumps or saved twice in a second, would be filmed as what it was before.
    """
    for source in sources:
        compiled = Path(cache_from_source(source.absolute()))
        if not _is_checked(compiled) and (compiled.exists() or not sys.dont_write_bytecode):
            # What is wrong with a source is told where it is run.
            with suppress(OSError, py_compile.PyCompileError), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                py_compile.compile(
                    str(source.absolute()),
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH,
                )


def _is_checked(compiled: Path) -> bool:
    try:
        with compiled.open("rb") as file:
            return int.from_bytes(file.read(8)[4:], "little") == CHECKED
    except OSError:
        return False
