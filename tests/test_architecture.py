"""The shape of the house, where neither the linter nor the import contracts can see it."""

import ast
import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import gdmath

LONGEST_MODULE = 250
PACKAGES = ("gdmath", "scenes", "pipeline", "page", "handout", "benchmarks")


def modules(root: Path, *packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the packages by its path from the root, parsed."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))


def test_only_numeric_compiles_expressions(root: Path) -> None:
    users = {
        name
        for name, tree in modules(root, *PACKAGES)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "lambdify")
        or (isinstance(node, ast.alias) and node.name == "lambdify")
    }
    assert users == {"gdmath/numeric.py"}


def test_nothing_runs_text(root: Path) -> None:
    banned = {"eval", "exec", "compile", "sympify", "parse_expr", "S"}
    found = [
        f"{name}:{node.lineno}: {ast.unparse(node.func)}"
        for name, tree in modules(root, "gdmath")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in banned)
            or (isinstance(node.func, ast.Attribute) and node.func.attr in banned)
        )
    ]
    assert found == []


def test_mathematics_is_loaded_without_pictures(root: Path) -> None:
    # In a process of its own, because this one may have loaded manim for another test.
    program = (
        "import sys, gdmath\n"
        "gdmath.load_lesson()\n"
        "print(sorted({module.partition('.')[0] for module in sys.modules}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    loaded = set(ast.literal_eval(run.stdout))
    assert not loaded & {"manim", "typst", "av", "PIL", "cairo", "scenes", "pipeline"}
    # SciPy costs half a second, and only a loss that is not quadratic needs it.
    assert "scipy" not in loaded


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in vars(gdmath).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    ],
)
def test_public_names_are_there_and_documented(name: str) -> None:
    value = getattr(gdmath, name)
    assert value.__doc__ or name == "FloatArray"


def test_the_function_is_not_hidden_by_the_module_of_its_name() -> None:
    import gdmath.convergence

    assert callable(gdmath.convergence)


def test_no_star_imports(root: Path) -> None:
    stars = [
        name
        for name, tree in modules(root, *PACKAGES, "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert stars == []


def test_modules_stay_short(root: Path) -> None:
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_notebook_s_numbers_stand_in_its_data_only(root: Path) -> None:
    with (root / "data" / "notebook.csv").open(encoding="utf-8", newline="") as file:
        points = {float(cell) for row in list(csv.reader(file))[1:] for cell in row}
    told = {2.9999789, 8.1597, 2.6504, 0.837731, 15.2548, 77.0136, 8.7757, 400, 1968}
    typed = [
        f"{name}:{node.lineno}: {node.value}"
        for name, tree in modules(root, "gdmath")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value in points | told
    ]
    assert typed == []
