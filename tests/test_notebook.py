"""The notebook is what its text says, and runs from top to bottom on every kind of lesson."""

import io
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from gdmath import compile_loss, convergence, descend, load_lesson
from notebooks.__main__ import PACKAGES, settings
from notebooks.paired import NOTEBOOK, TEXT, as_notebook
from pipeline.atomic import lock

LESSONS = ["lesson.toml", "lessons/adam.toml", "lessons/ridge.toml"]
"""The notebook's own; a curve, by a rule that remembers; a loss with its parameters in it."""
ASKED = """
import json
told = {"at_guess": at_guess, "minimum": [a, b], "guess": [a_guess, b_guess], "frames": frames}
told |= {"losses": walk.losses.tolist(), "gradient": numbers.gradient(lesson.start).tolist()}
told |= {"drawn": np.percentile(drawn, [5, 95]).tolist(), "left": list(map(str, left))}
(a_guess, b_guess), memory = lesson.start, rule.initial_state()
upd()
print(json.dumps(told | {"first": [a_guess, b_guess]}))
"""
"""A last cell that tells what the others found, and where one update leads."""


def cells(notebook: str) -> list[dict[str, Any]]:
    return json.loads(notebook)["cells"]


def test_it_is_what_its_text_gives() -> None:
    again = "the text has changed: python -m notebooks --prepare"
    assert NOTEBOOK.read_text("utf-8") == as_notebook(TEXT.read_text("utf-8")), again


def test_no_two_cells_share_an_id() -> None:
    ids = [cell["id"] for cell in cells(NOTEBOOK.read_text("utf-8"))]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z0-9-]{1,64}", each) for each in ids)


def test_a_new_cell_leaves_the_others_as_they_are() -> None:
    text = TEXT.read_text("utf-8")
    longer = cells(as_notebook(text.replace("# %%\n", "# %%\n1 + 1\n\n# %%\n", 1)))
    assert [cell for cell in longer if cell["source"] != ["1 + 1"]] == cells(as_notebook(text))


def test_the_contents_are_its_headings() -> None:
    first, *others = (
        "".join(cell["source"])
        for cell in cells(NOTEBOOK.read_text("utf-8"))
        if cell["cell_type"] == "markdown"
    )
    headings = re.findall("^## (.*)$", "\n".join(others), re.M)
    assert re.findall(r"\[(.*)\]\(#(.*)\)", first) == [
        (heading, heading.replace(" ", "-")) for heading in headings
    ]


def with_packages(command: list[str], **options: Any) -> subprocess.Popen[str]:
    """Start a command of the packages that `make notebook` installs; without them, skip."""
    if not (PACKAGES / "made-from").exists():
        pytest.skip("Jupyter is not installed: python -m notebooks --prepare")
    environment = {**os.environ, **settings(), **options}
    return subprocess.Popen(
        [sys.executable, *command], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_jupytext_reads_the_same_cells() -> None:
    program = f"import jupytext; print(jupytext.writes(jupytext.read({str(TEXT)!r}), 'ipynb'))"
    read, _ = with_packages(["-c", program]).communicate()
    assert [(cell["cell_type"], cell["source"]) for cell in cells(read)] == [
        (cell["cell_type"], cell["source"]) for cell in cells(NOTEBOOK.read_text("utf-8"))
    ]


def run(folder: Path, lesson: str) -> dict[str, Any]:
    """Run the notebook in a kernel; one at a time, for two that start together may share a port."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    last = {"cell_type": "code", "id": "asked", "metadata": {}, "source": ASKED, "outputs": []}
    notebook["cells"].append({**last, "execution_count": None})
    path = folder / "ran.ipynb"
    path.write_text(json.dumps(notebook))
    own = {"IPYTHONDIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder)}
    execute = [str(PACKAGES / "bin/jupyter-execute"), "--inplace", "--timeout=600", str(path)]
    with lock(PACKAGES):
        process = with_packages(execute, LESSON=lesson, **own)
        try:
            process.communicate(timeout=1200)
        finally:
            process.kill()
    assert process.returncode == 0
    return json.loads(path.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_it_runs_from_top_to_bottom(root: Path, tmp_path: Path, name: str) -> None:
    ran = run(tmp_path, name)
    outputs = {cell["id"]: cell.get("outputs", []) for cell in ran["cells"]}
    told = json.loads("".join(outputs["asked"][0]["text"]))

    lesson = load_lesson(root / name)
    loss = compile_loss(lesson)
    walk = descend(loss, lesson.rule, lesson.start, lesson.steps)
    assert told["guess"] == pytest.approx(walk.parameters[-1])
    # A wrong step may yet end at the minimum.
    assert told["first"] == pytest.approx(walk.parameters[1], rel=1e-9)
    assert told["losses"] == pytest.approx(walk.losses)
    assert told["gradient"] == pytest.approx(loss.gradient(lesson.start))
    assert told["minimum"] == pytest.approx(convergence(loss).minimum)
    assert told["at_guess"] == pytest.approx(np.sqrt((loss.residuals(lesson.start) ** 2).mean()))
    assert told["left"] == ["0"] * 4
    assert told["frames"] == lesson.steps // lesson.steps_per_frame
    if name == "lesson.toml":
        assert f"{told['at_guess']:.4f}" == "8.7757"
        assert [f"{value:.4f}" for value in told["guess"]] == ["2.6504", "8.1597"]
        low, high = told["drawn"]
        assert low < 8.9867 < high

    # The clip: as many frames as were asked for, and it moves.
    shown = [output["data"] for output in chain(*outputs.values()) if "data" in output]
    (video,) = ("".join(data["text/html"]) for data in shown if "text/html" in data)
    film = b64decode(video.partition("base64,")[2].partition('"')[0])
    with av.open(io.BytesIO(film)) as container:
        frames = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode()]
    assert len(frames) == told["frames"]
    assert np.abs(frames[-1] - frames[0]).max() > 100

    # What a slider calls tells its mistakes to the widget alone.
    (widgets,) = ran["metadata"]["widgets"].values()
    inner = [widget["state"].get("outputs", []) for widget in widgets["state"].values()]
    assert [output["output_type"] for output in chain(*inner)] == ["display_data"]
