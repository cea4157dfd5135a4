"""The set-up on a machine of stand-ins: PATH is one folder, so that a test says what is there."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

TOOLS = "awk cat cksum date dirname grep make mkdir mv paste rm sed sh sort tail tr uname"


@dataclass(frozen=True)
class Machine:
    """A checkout and the commands that its set-up can find."""

    checkout: Path
    commands: Path

    def provide(self, name: str, script: str, interpreter: str = "/bin/sh") -> None:
        """Put a command on PATH that runs `script`."""
        command = self.commands / name
        command.write_text(f"#!{interpreter}\n{script}\n")
        command.chmod(0o755)

    def provide_python(self, name: str, version: tuple[int, int, int]) -> None:
        """Put a Python on PATH that takes itself for another version when asked with -I -c."""
        lie = f"import sys; sys.version_info = {version}; exec(sys.argv[3])"
        self.provide(name, lie, sys.executable)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            cwd=self.checkout,
            env={"PATH": str(self.commands), "HOME": str(self.checkout), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*command, **environment)
        out, err = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("sh", "environment/set-up.sh", **environment)


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Machine:
    """The usual tools and an ordinary user; no Python, no compiler, no libraries."""
    checkout, commands = tmp_path / "check out", tmp_path / "bin"
    checkout.mkdir()
    commands.mkdir()
    shutil.copytree(root / "environment", checkout / "environment")
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(root / name, checkout)
    for tool in TOOLS.split():
        found = shutil.which(tool)
        assert found is not None
        (commands / tool).symlink_to(found)
    machine = Machine(checkout, commands)
    machine.provide("id", "echo 1000")
    machine.provide("sudo", "exit 1")
    return machine
