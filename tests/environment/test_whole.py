"""A .venv is whole or it is made again: real set-ups, with stand-ins for the packages."""

import hashlib
import os
import re
import shutil
import signal
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from .conftest import Machine

pytestmark = pytest.mark.slow

MODULES = ["contourpy", "hypothesis", "manim", "pytest", "sympy", "typst"]


def write_wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> str:
    """Write a wheel of these files; its line for a lock."""
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    files = files | {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{about}/RECORD"] = "".join(f"{path},,\n" for path in files).encode()
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def complete(machine: Machine, tmp_path: Path) -> Machine:
    """A machine that lacks nothing, with wheels of the locked packages in reach of its pip."""
    machine.provide("cc", "exit 0")
    machine.provide("pkg-config", "exit 0")
    # A bare machine has no kill but the one that every shell brings.
    machine.provide("kill", 'kill "$@"')
    (machine.commands / "sleep").symlink_to(shutil.which("sleep") or "")
    # The interpreter that the tests' own environment was made with.
    (machine.commands / "python3").symlink_to(Path(sys.executable).resolve())
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    pip = distribution("pip")
    lines = [
        write_wheel(
            wheels,
            "pip",
            pip.version,
            {
                str(file): file.read_binary()
                for file in pip.files or []
                if file.parts[0] == "pip" and file.suffix != ".pyc"
            },
        ),
        write_wheel(wheels, "stand_ins", "1", {f"{module}.py": b"" for module in MODULES}),
    ]
    (machine.checkout / "requirements.lock").write_text("".join(lines))
    (machine.checkout / "pip.conf").write_text(
        f"[global]\nno-index = true\nfind-links = {wheels}\nno-cache-dir = true\n"
    )
    return machine


def settings(machine: Machine) -> dict[str, str]:
    return {"PIP_CONFIG_FILE": str(machine.checkout / "pip.conf")}


def made(machine: Machine) -> bool:
    """Set up; whether that made a .venv. It has to be whole afterwards."""
    result = machine.set_up(**settings(machine))
    assert result.returncode == 0, result.stderr
    inside = machine.run(".venv/bin/python", "-c", "import manim, typst, sys; print(sys.prefix)")
    assert inside.stdout.strip() == str(machine.checkout / ".venv")
    return "making .venv" in result.stderr


def test_what_is_whole_is_left_alone_without_a_word(complete: Machine) -> None:
    assert made(complete)
    for command in complete.commands.iterdir():
        if command.name not in {"sh", "dirname", "cat", "cksum"}:
            command.unlink()
    result = complete.set_up()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_what_is_no_longer_what_was_made_is_made_again(complete: Machine) -> None:
    assert made(complete)
    with (complete.checkout / "requirements.lock").open("a") as lock:
        lock.write("# another lock\n")
    assert made(complete), "after a new lock"
    python = complete.checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert made(complete), "after the Python it was made with is gone"
    moved = Machine(complete.checkout.with_name("moved here"), complete.commands)
    complete.checkout.rename(moved.checkout)
    assert made(moved), "after a move"
    assert not made(moved)


@pytest.mark.parametrize("stage", ["making", "installing"])
def test_an_interrupted_set_up_is_taken_up_again(complete: Machine, stage: str) -> None:
    process = complete.start("sh", "environment/set-up.sh", **settings(complete))
    assert process.stderr is not None
    while stage not in process.stderr.readline():
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (complete.checkout / ".venv/made-from").exists()
    assert made(complete)


def test_two_at_once_make_one(complete: Machine) -> None:
    both = [complete.start("sh", "environment/set-up.sh", **settings(complete)) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert len(re.findall("making .venv", "".join(said))) == 1
    assert "waiting" in "".join(said)
    assert not made(complete)


@pytest.mark.parametrize(
    ("hashes", "instead"),
    [(r"(?<=sha256:)\w{8}", "00000000"), (r" \\\n.*", "")],
    ids=["another", "none"],
)
def test_a_package_is_refused_without_its_hash(
    complete: Machine, hashes: str, instead: str
) -> None:
    lock = complete.checkout / "requirements.lock"
    lock.write_text(re.sub(hashes, instead, lock.read_text()))
    result = complete.set_up(**settings(complete))
    assert result.returncode != 0
    assert "could not install the packages" in result.stderr
    assert not (complete.checkout / ".venv/made-from").exists()
