"""A disk that is full or locked: one line says so, and the last good films stay."""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.pipeline.project import DRAFT, RENDER, edit, seen

REPOSITORY = Path(__file__).parents[2]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
SLACKS = (0, 8_000, 40_000, 120_000, 200_000)
"""Bytes left on a disk that take a render from its first file to its last."""


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """A small disk of its own at ``folder``, in memory."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only who may mount one has a disk to fill")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, slack: int) -> Path:
    """Leave ``slack`` bytes on the disk of ``folder``; returns the file that takes up the rest."""
    ballast, disk = folder / "ballast", os.statvfs(folder)
    ballast.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - slack)))
    return ballast


def edit_all(project: Path) -> None:
    """An edit that concerns every beat of every chapter."""
    edit(project / "manim.cfg", "#0f1320", "#200f13")


def assert_told(outcome: subprocess.CompletedProcess[str], *reasons: str) -> None:
    """It failed, and said so in one line, after what it may have said of finished chapters."""
    told = [line for line in outcome.stderr.splitlines() if ": rendered (" not in line]
    assert outcome.returncode == 1
    assert told in [[f"build cannot be written: {reason}"] for reason in reasons]


def render(project: Path, restrict: Callable[[], object]) -> subprocess.CompletedProcess[str]:
    """Render as somebody who was restricted before."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *RENDER],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        preexec_fn=restrict,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "size", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (300, 2_000, 8_000, 60_000))]
)
def test_a_file_that_cannot_grow_is_told_and_the_films_stay(rendered: Path, size: int) -> None:
    before = seen(rendered)
    edit_all(rendered)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    assert_told(render(rendered, limit), "File too large")
    now = seen(rendered)
    assert now["lecture.mp4"] == before["lecture.mp4"]
    assert now["lecture.vtt"] == before["lecture.vtt"]
    assert not [*rendered.glob("build/**/.part-*")]


@pytest.mark.slow
@pytest.mark.parametrize("slack", SLACKS)
def test_a_full_disk_is_told_and_gone_on_with_when_there_is_room(
    rendered_once: Path, tmp_path: Path, run: Callable, slack: int
) -> None:
    with mounted(tmp_path / "disk", 4_000_000) as disk:
        project = Path(shutil.copytree(rendered_once, disk / "project"))
        before = seen(project)
        edit_all(project)
        ballast = fill(disk, slack)
        assert_told(run(project, *RENDER), "No space left on device")
        assert seen(project)["lecture.mp4"] == before["lecture.mp4"]
        ballast.unlink()
        outcome = run(project, *RENDER)
        assert outcome.returncode == 0, outcome.stderr
        assert seen(project)["lecture.mp4"] != before["lecture.mp4"]


@pytest.mark.parametrize(
    "name", ["build", "build/draft", "build/draft/logs", "build/draft/work", "build/segments"]
)
def test_a_file_where_a_folder_should_be_is_told(rendered: Path, run: Callable, name: str) -> None:
    edit_all(rendered)
    lecture = rendered / DRAFT / "lecture.mp4"
    before = lecture.read_bytes()
    shutil.rmtree(rendered / name)
    (rendered / name).touch()
    assert_told(run(rendered, *RENDER), "Not a directory", "File exists")
    if lecture.exists():
        assert lecture.read_bytes() == before
    assert (rendered / name).read_bytes() == b""


def drop_privilege() -> None:
    """Have permissions apply to root too, from the next program that this process runs."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have ``folder`` and all in it be read by anybody and written by nobody."""
    modes = {path: path.stat().st_mode for path in [folder, *folder.rglob("*")]}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        command = [sys.executable, "-c", f"open({str(folder / 'new')!r}, 'w')"]
        tried = subprocess.run(command, preexec_fn=drop_privilege, capture_output=True, check=False)
        if tried.returncode == 0:
            pytest.skip("whoever runs this is above permissions")
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["build", "build/draft", "build/draft/logs", "build/segments"])
def test_a_folder_that_may_only_be_read_is_told(rendered: Path, name: str) -> None:
    before = seen(rendered)
    edit_all(rendered)
    with locked(rendered / name):
        assert_told(render(rendered, drop_privilege), "Permission denied")
    assert seen(rendered) == before


def test_a_render_that_has_nothing_to_do_needs_only_to_read(rendered: Path) -> None:
    with locked(rendered / "build"):
        outcome = render(rendered, drop_privilege)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "build/draft/lecture.mp4" in outcome.stdout
