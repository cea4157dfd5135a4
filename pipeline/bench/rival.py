"""Fetch matplotlib for the bench alone: what `make render` needs stays as it is."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.bench.measure import BenchError

LOCK = Path("environment/bench.lock")


def fetch(folder: Path, lock: Path = LOCK) -> Path:
    """Install what ``lock`` holds below ``folder``, unless it is there; return where.

    Raises:
        BenchError: pip could not.
    """
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    mark = folder / "made-from"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-I", "-m", "pip", "--no-input", "install", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--target", str(folder), "-r", str(lock)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        errors = [line for line in told.stderr.splitlines() if line.startswith("ERROR")]
        raise BenchError(f"matplotlib could not be installed: {(errors or ['pip failed'])[-1]}")
    mark.write_text(wanted, encoding="utf-8")
    return folder.absolute()
