"""What the figures were measured on: the machine and the versions, but not whose they are."""

import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("manim", "pycairo", "av", "numpy", "sympy", "typst")


def machine() -> dict[str, str]:
    """Cores, processor, memory and operating system, each in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "memory": f"{memory / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
    }


def versions(others: Path | None = None) -> dict[str, str]:
    """Python and the packages that decide the speed; matplotlib as it lies in ``others``."""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    for path in (others or Path()).glob("matplotlib-*.dist-info"):
        found["matplotlib"] = path.name.removeprefix("matplotlib-").removesuffix(".dist-info")
    return found


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        if match := re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE):
            return match[1]
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return platform.processor() or "unknown"
