"""The sources that a module runs, against Python itself, and those that it depends on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cache import python_source
from pipeline.cache.fingerprint import difference
from pipeline.cache.imports import dependencies, look_again, reached
from pipeline.cache.python_source import read_source, remember_sources
from tests.conftest import ROOT

IMPORTED = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
files = [getattr(module, "__file__", None) for module in sys.modules.values()]
print(json.dumps([file for file in files if file]))
"""


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def really_imported(root: Path, module: str) -> set[Path]:
    outcome = subprocess.run(
        [sys.executable, "-c", IMPORTED, module],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (Path(file) for file in json.loads(outcome.stdout))
    return {file.relative_to(root) for file in files if file.is_relative_to(root)}


def paths(*names: str) -> set[Path]:
    return {Path(name) for name in names}


def test_a_chapter_reaches_what_python_imports_for_it(project: Path) -> None:
    imported = really_imported(project, "scenes.ch02_circle")
    assert Path("scenes/kit/shapes.py") in imported
    # every chapter knows the outline, and the outline names every chapter
    assert reached(project, "scenes.ch02_circle") == imported - paths("scenes/outline.py")


def test_relative_nested_and_deferred_imports_are_followed(tmp_path: Path) -> None:
    write(
        tmp_path,
        top="import package.deep.leaf\n",
        package__near="def load():\n    from package import far\n",
        package__far="",
        package__unused="",
        package__deep__leaf="from .. import near\nfrom .twig import bud\nfrom . import stem\n",
        package__deep__twig="bud = 1\n",
        package__deep__stem="import top\n",
    )
    for folder in ("package", "package/deep"):
        (tmp_path / folder / "__init__.py").touch()
    found = reached(tmp_path, "top")
    assert really_imported(tmp_path, "top") | paths("package/far.py") == found
    assert Path("package/unused.py") not in found


def test_a_name_in_a_string_counts_as_a_lazy_import(tmp_path: Path) -> None:
    write(tmp_path, package__lazy="", package__other="", package__third="")
    (tmp_path / "package/__init__.py").write_text(
        'HOMES = {"thing": "package.lazy", "more": ".other"}\n'
    )
    assert reached(tmp_path, "package") == paths(
        "package/__init__.py", "package/lazy.py", "package/other.py"
    )


KIT = {
    "chapter.py": "from kit.panels import Curve\n",
    "kit/__init__.py": "",
    "kit/panels/__init__.py": (
        "from kit.panels.curve import Curve\n"
        "from kit.panels.log import Log\n"
        '__all__ = ["Curve", "Log"]\n'
    ),
    "kit/panels/curve.py": 'class Curve:\n    """A curve."""\n\n    width = 3\n',
    "kit/panels/log.py": "from kit.register import enter\n\nclass Log:\n    width = 3\n",
    "kit/register.py": "def enter(panel):\n    return panel\n",
}
CHAPTER, PANELS, REGISTER = "chapter.py", "kit/panels/__init__.py", "kit/register.py"
CURVE, LOG = "kit/panels/curve.py", "kit/panels/log.py"


@pytest.mark.parametrize(
    ("path", "old", "new", "changed"),
    [
        (CURVE, "width = 3", "width = 3  # units", []),
        (CURVE, "width = 3", "width  =  ( 3 )", []),
        (CURVE, "A curve.", "A curve over the steps.", []),
        (CURVE, "width = 3", "width = 4", [CURVE]),
        (CURVE, "width = 3", "width = (", [CURVE]),
        (CURVE, "width = 3", "width = Curve.__doc__", [*KIT]),
        (LOG, "width = 3", "width = 4", []),
        (LOG, "class Log", "import sys\nsys.setrecursionlimit(9)\nclass Log", [LOG, REGISTER]),
        (LOG, "class Log", "@enter\nclass Log", [LOG, REGISTER]),
        (LOG, "width = 3", "width = enter(3)", [LOG, REGISTER]),
        (LOG, "width = 3", "enter.width = 3", [LOG, REGISTER]),
        (LOG, "width = 3", "def width(self): return enter(self)", []),
        (PANELS, "import Log", "import Log as Logarithmic", []),
        (PANELS, "curve import Curve", "log import Log as Curve", [PANELS, CURVE, LOG, REGISTER]),
        (PANELS, "__all__", "Curve.width = 4\n__all__", [PANELS, LOG, REGISTER]),
        (
            CHAPTER,
            "from kit.panels import Curve",
            "import kit",
            [CHAPTER, "kit/__init__.py", CURVE, PANELS],
        ),
        (CHAPTER, "from kit.panels import Curve", "import kit.panels", [*KIT.keys() - {CURVE}]),
        (CHAPTER, "import Curve", "import *", [CHAPTER, PANELS, LOG, REGISTER]),
    ],
)
def test_a_source_depends_on_the_names_it_imports_and_on_what_they_say(
    tmp_path: Path, path: str, old: str, new: str, changed: list[str]
) -> None:
    for name, text in KIT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    before = dependencies(tmp_path, "chapter")
    assert before.keys() == {CHAPTER, PANELS, CURVE}
    assert KIT[path].count(old) == 1
    (tmp_path / path).write_text(KIT[path].replace(old, new))
    look_again()
    assert difference(before, dependencies(tmp_path, "chapter")) == sorted(changed)


def test_what_was_read_once_is_remembered_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sources = {path: path.read_bytes() for path in sorted((ROOT / "scenes").rglob("*.py"))}
    read = {path: read_source(text, path.parent.parts) for path, text in sources.items()}
    monkeypatch.setattr(python_source, "_new", {"any"})
    remember_sources()
    python_source._remembered.cache_clear()
    monkeypatch.setattr(python_source, "_read", lambda *_: pytest.fail("it was parsed again"))
    again = {path: read_source(text, path.parent.parts) for path, text in sources.items()}
    assert again == read
    (memory,) = Path("build/sources").iterdir()
    memory.write_text('{"damaged": [1]}')
    python_source._remembered.cache_clear()
    monkeypatch.undo()
    assert read_source(b"x = 1", ()).exports is None
