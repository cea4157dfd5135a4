"""Open the notebook, as `make notebook [LESSON=file]` asks for; with `--prepare`, do all but that.

What it needs is installed from its lock into a folder of its own, once for each lock.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gdmath import LessonError, load_lesson
from notebooks.paired import NOTEBOOK, TEXT, as_notebook

ROOT = Path(__file__).parents[1]
LOCK, PACKAGES = ROOT / "environment/notebook.lock", ROOT / "build/notebook"


def main() -> int:
    """Install, write the notebook anew from its text, and open it; return the exit code."""
    try:
        load_lesson(ROOT / (os.environ.get("LESSON") or "lesson.toml"))
        install()
    except LessonError as error:
        print(error, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError:
        print("JupyterLab could not be installed, as told above; try again", file=sys.stderr)
        return 1
    made = NOTEBOOK.with_suffix(".part")
    made.write_text(as_notebook(TEXT.read_text(encoding="utf-8")), encoding="utf-8")
    made.replace(NOTEBOOK)
    if "--prepare" in sys.argv:
        return 0
    lab = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}", str(NOTEBOOK)]
    try:
        return subprocess.run(lab, env={**os.environ, **settings()}, check=False).returncode
    except KeyboardInterrupt:
        return 0


def install() -> None:
    """Install what the lock holds, unless it is there; what was interrupted begins anew."""
    made_from = PACKAGES / "made-from"
    if made_from.exists() and made_from.read_bytes() == LOCK.read_bytes():
        return
    print("installing JupyterLab and matplotlib into build/notebook (a minute)", file=sys.stderr)
    shutil.rmtree(PACKAGES, ignore_errors=True)
    pip = [sys.executable, "-I", "-m", "pip", "--no-input", "install", "--quiet", "--no-deps"]
    pip += ["--require-hashes", "--only-binary=:all:", "--target", str(PACKAGES), "-r", str(LOCK)]
    subprocess.run(pip, check=True)
    shutil.copyfile(LOCK, made_from)


def settings() -> dict[str, str]:
    """Return the environment in which Jupyter and its kernels find these packages."""
    return {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(PACKAGES)]),
        "JUPYTER_PATH": str(PACKAGES / "share/jupyter"),
        "JUPYTER_CONFIG_PATH": str(PACKAGES / "etc/jupyter"),
        "JUPYTERLAB_DIR": str(PACKAGES / "share/jupyter/lab"),
    }


if __name__ == "__main__":
    sys.exit(main())
