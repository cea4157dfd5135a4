"""Make a notebook of a text in jupytext's percent format, the same to the last byte every time."""

import json
import re
from collections import Counter
from pathlib import Path

TEXT = Path(__file__).with_name("gradient_descent_intro.py")
NOTEBOOK = TEXT.with_suffix(".ipynb")

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def as_notebook(text: str) -> str:
    """Return the notebook, without outputs, that has the cells of `text`.

    A cell's id is made of its first line, so that a change elsewhere leaves it alone.
    """
    found: Counter[str] = Counter()
    cells = []
    for kind, body in re.findall(r"^# %%(.*)\n((?:(?!# %%).*\n?)*)", text, re.M):
        lines = body.strip("\n").splitlines(keepends=True)
        prose = kind.strip() == "[markdown]"
        # Prose is in comments, and so is what only IPython understands: `%precision 4`.
        commented = "^# ?" if prose else r"^# (?=%\w)"
        lines = [re.sub(commented, "", line) for line in lines]
        name = re.sub("[^a-z0-9]+", "-", lines[0].lower()).strip("-")[:40]
        found[name] += 1
        cell: dict[str, object] = {
            "cell_type": "markdown" if prose else "code",
            "id": name if found[name] == 1 else f"{name}-{found[name]}",
            "metadata": {},
            "source": lines,
        }
        cells.append(cell if prose else {**cell, "execution_count": None, "outputs": []})
    notebook = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
