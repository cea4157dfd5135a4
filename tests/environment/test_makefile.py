"""The targets, and what their variables become on the pipeline's command line."""

import json
import re
import sys
from pathlib import Path

import pytest

from .conftest import Machine

TARGETS = {"render", "preview", "watch", "review", "new", "test", "check", "clean", "lock"}


@pytest.fixture
def listening(machine: Machine) -> Machine:
    """A machine that is set up, with a Python that only repeats its arguments."""
    (machine.checkout / "environment/set-up.sh").write_text("")
    python = machine.checkout / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    repeat = "import json, sys; print(json.dumps(sys.argv[1:]))"
    python.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{repeat}' \"$@\"\n")
    python.chmod(0o755)
    return machine


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("render", ["render", "--quality=high"]),
        ("render QUALITY=draft JOBS=2", ["render", "--quality=draft", "--jobs=2"]),
        ("preview CHAPTER=7", ["preview", "--quality=draft", "--chapter=7"]),
        ("watch CHAPTER=7", ["watch", "--quality=draft", "--chapter=7"]),
        ("new CHAPTER=18 TITLE=Two", ["new", "--chapter=18", "--title=Two"]),
        ("new", ["new"]),
        ("review", ["review"]),
        ("review QUALITY=medium", ["review", "--quality=medium"]),
    ],
)
def test_a_variable_is_a_flag_when_it_is_set(
    listening: Machine, command: str, arguments: list[str]
) -> None:
    assert json.loads(listening.run("make", *command.split()).stdout) == [
        "-m",
        "pipeline",
        *arguments,
    ]


@pytest.mark.parametrize(
    "value", ["two words", "7; touch oops", "`touch oops`", 'it\'s "odd"', "*", "-1"]
)
def test_an_odd_value_reaches_the_pipeline_as_it_is(listening: Machine, value: str) -> None:
    result = listening.run("make", "preview", f"CHAPTER={value}", f"LESSON={value}")
    *_, lesson, chapter = json.loads(result.stdout)
    assert lesson == f"--lesson={value}"
    assert chapter == f"--chapter={value}"
    *_, title = json.loads(listening.run("make", "new", f"TITLE={value}").stdout)
    assert title == f"--title={value}"
    assert not (listening.checkout / "oops").exists()


def test_make_alone_lists_the_targets(machine: Machine) -> None:
    listed = re.findall(r"^make (\w+) .*\w", machine.run("make").stdout, flags=re.MULTILINE)
    assert set(listed) >= TARGETS
    assert not (machine.checkout / ".venv").exists()


def test_clean_leaves_the_sources_and_the_environment(listening: Machine) -> None:
    (listening.commands / "find").symlink_to("/usr/bin/find")
    rubbish = [Path("build/high"), Path("scenes/kit/__pycache__"), Path(".mypy_cache")]
    kept = [Path(".venv/lib/__pycache__"), Path("scenes/kit")]
    for folder in rubbish + kept:
        (listening.checkout / folder).mkdir(parents=True, exist_ok=True)
    assert listening.run("make", "clean").returncode == 0
    assert not any((listening.checkout / folder).exists() for folder in rubbish)
    assert all((listening.checkout / folder).exists() for folder in kept)
