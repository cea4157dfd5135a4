"""The locks hold every package to a version and hashes, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = [
    "requirements.lock",
    "environment/build-tools.lock",
    "environment/bench.lock",
    "environment/ci.lock",
    "environment/notebook.lock",
]


def pinned(lock: Path) -> dict[str, list[str]]:
    """The requirements of a lock by name: each one's line, then its hashes."""
    joined = re.sub(r"#.*", "", lock.read_text()).replace("\\\n", " ")
    lines = [line.split(" --") for line in joined.splitlines() if line.strip()]
    return {Requirement(line).name: [line, *hashes] for line, *hashes in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_held_to_one_version_and_its_hashes(root: Path, lock: str) -> None:
    for line, *hashes in pinned(root / lock).values():
        (version,) = Requirement(line).specifier
        assert version.operator == "=="
        assert hashes
        assert all(re.fullmatch(r"hash=sha256:[0-9a-f]{64} *", entry) for entry in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place(root: Path, lock: str) -> None:
    assert not re.findall(r"://|index|find-links|@", (root / lock).read_text())


def test_what_the_project_declares_is_locked_within_its_bounds(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    for lock, declared in [
        (LOCKS[0], project["project"]["dependencies"] + extras["cluster"] + groups["dev"]),
        (LOCKS[1], groups["build-tools"]),
        (LOCKS[2], groups["bench"]),
        (LOCKS[3], groups["ci"]),
        (LOCKS[4], extras["notebook"]),
    ]:
        locked = pinned(root / lock)
        for requirement in map(Requirement, declared):
            (pin,) = Requirement(locked[canonicalize_name(requirement.name)][0]).specifier
            assert requirement.specifier.contains(pin.version), requirement
