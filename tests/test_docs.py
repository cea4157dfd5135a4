"""What the documents name is there: files, links, targets, names of the kit."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCUMENTS = sorted((ROOT / "docs").rglob("*.md"))
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
KIT = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "scenes/kit").rglob("*.py")
    if not path.stem.startswith("__")
]


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


@each_document
def test_every_path_is_there(document: Path) -> None:
    text = re.sub(r"ch18\w*|chNN\w*", "outline", document.read_text())
    named = re.findall(r"`((?:gdmath|scenes|pipeline|tests|environment|kit)/[\w/.]+)`", text)
    paths = [ROOT / re.sub("^kit/", "scenes/kit/", name) for name in named]
    assert [path for path in paths if not (path.exists() or path.with_suffix(".py").exists())] == []


@each_document
def test_every_target_is_in_the_makefile(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    commands = re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(), re.M)
    assert set(commands) <= targets


def test_what_the_guide_names_is_in_the_kit() -> None:
    table = (ROOT / "docs/writing-a-scene.md").read_text().partition("## The kit")[2]
    table = table.partition("## House rules")[0]
    modules = [vars(import_module(name)) for name in KIT]
    kinds = [value for names in modules for value in names.values() if isinstance(value, type)]
    methods = {name for kind in kinds for name in dir(kind)}
    firsts = re.findall(r"^\| `(?:\w+\.)?(\w+)", table, re.M)
    assert firsts
    assert set(firsts) <= methods.union(*modules)
    assert set(re.findall(r"`\.(\w+)\(", table)) <= methods
