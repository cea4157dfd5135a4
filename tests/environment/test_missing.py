"""What set-up says and does on a machine that lacks things."""

from pathlib import Path

import pytest

from .conftest import Machine

DEBIAN = "build-essential libcairo2-dev libpango1.0-dev pkg-config"
NO_PANGO = 'case "$*" in *pango*) exit 1 ;; esac'


def read(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_an_old_python_is_told_so_in_one_line(machine: Machine) -> None:
    machine.provide_python("python3", (3, 9, 2))
    machine.provide("apt-get", "echo ran >calls")
    result = machine.set_up()
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert "python3 is Python 3.9.2" in line
    assert "3.11 or newer" in line
    assert not (machine.checkout / "calls").exists()


def test_a_newer_python_beside_an_old_one_is_taken(machine: Machine) -> None:
    machine.provide_python("python3", (3, 9, 2))
    machine.provide_python("python3.12", (3, 12, 1))
    assert "missing: a C compiler" in machine.set_up().stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [("python3", "python3 is Python 3.9.2"), ("no such", "PYTHON=no such is no Python that runs")],
)
def test_a_named_python_is_the_only_one_tried(machine: Machine, given: str, told: str) -> None:
    machine.provide_python("python3", (3, 9, 2))
    machine.provide_python("python3.12", (3, 12, 1))
    result = machine.set_up(PYTHON=given)
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert told in line


# The packages of each system are those that TOOLS.md of the commission lists as tried.
@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", f"sudo apt-get install -y --no-install-recommends {DEBIAN}"),
        ("dnf", "sudo dnf install -y cairo-devel gcc gcc-c++ pango-devel pkgconf-pkg-config"),
        ("pacman", "sudo pacman -Sy --needed --noconfirm base-devel cairo pango pkgconf"),
        ("zypper", "install cairo-devel gcc gcc-c++ pango-devel pkgconf-pkg-config"),
        ("apk", "sudo apk add --update-cache build-base cairo-dev pango-dev pkgconf"),
    ],
)
def test_an_ordinary_user_gets_one_message_with_the_command(
    machine: Machine, manager: str, command: str
) -> None:
    machine.provide_python("python3", (3, 11, 2))
    machine.provide(manager, "echo ran >calls")
    result = machine.set_up()
    assert result.returncode != 0
    missing, _, last = result.stderr.splitlines()
    assert missing.endswith("a C compiler, pkg-config, the headers of cairo, the headers of Pango")
    assert last.endswith(command)
    assert not (machine.checkout / "calls").exists()
    assert not (machine.checkout / ".venv").exists()


def test_without_a_package_manager_the_missing_things_are_named(machine: Machine) -> None:
    result = machine.set_up()
    assert result.returncode != 0
    assert "a C compiler, pkg-config" in result.stderr
    assert "Python 3.11 or newer" in result.stderr


def test_root_installs_only_what_is_missing(machine: Machine) -> None:
    machine.provide_python("python3", (3, 11, 2))
    machine.provide("id", "echo 0")
    machine.provide("cc", "exit 0")
    machine.provide("pkg-config", NO_PANGO)
    machine.provide("apt-get", 'echo "$*" >>calls')
    result = machine.set_up()
    assert result.returncode != 0
    assert "still missing after that: pango" in result.stderr
    assert read(machine.checkout / "calls") == [
        "update",
        "install -y --no-install-recommends libpango1.0-dev",
    ]


def test_password_less_sudo_will_do(machine: Machine) -> None:
    machine.provide_python("python3", (3, 11, 2))
    machine.provide("cc", "exit 0")
    machine.provide("pkg-config", NO_PANGO)
    machine.provide("sudo", '[ "$1" = -n ] && shift && "$@"')
    machine.provide("true", "exit 0")
    machine.provide("dnf", 'echo "$*" >>calls; echo no mirror answers; exit 1')
    result = machine.set_up()
    assert result.returncode != 0
    assert "could not install them: no mirror answers" in result.stderr
    assert read(machine.checkout / "calls") == ["install -y pango-devel"]
