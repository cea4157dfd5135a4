"""Where each part of a line came from, on the steps of every derivation at hand."""

from collections import Counter

import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, Step, derive
from gdmath.derivation.correspondence import correspond
from gdmath.notation import typeset
from gdmath.trees import Path, subexpression, walk


@pytest.fixture(scope="module")
def steps(example_loss: NumericLoss) -> list[Step]:
    derivation = derive(example_loss.lesson)
    return [step for p in derivation.lesson.parameters for step in derivation.steps(p)]


@pytest.fixture(scope="module")
def worked(notebook: Lesson) -> tuple[Step, ...]:
    return derive(notebook).steps(notebook.parameters[0])


def printed(line: sp.Expr) -> tuple[Path, ...]:
    return typeset(line, as_written=True).paths


def magnitude(node: sp.Basic) -> sp.Basic:
    return abs(node) if node.is_Number else node


def test_pairs_join_printed_parts_each_with_one_source(steps: list[Step]) -> None:
    for step in steps:
        pairs = correspond(step.before, step.after)
        sources, targets = zip(*pairs, strict=True)
        assert set(sources) <= set(printed(step.before))
        assert list(targets) == [path for path in printed(step.after) if path in set(targets)]


def test_every_atom_that_was_there_before_comes_from_its_like(steps: list[Step]) -> None:
    for step in steps:
        there = {magnitude(subexpression(step.before, path)) for path in printed(step.before)}
        source = {target: origin for origin, target in correspond(step.before, step.after)}
        for path in printed(step.after):
            node = magnitude(subexpression(step.after, path))
            if (node.is_Atom or isinstance(node, sp.Indexed)) and node in there:
                assert magnitude(subexpression(step.before, source[path])) == node, (step, path)


def test_sums_and_derivatives_come_from_sums_and_derivatives(steps: list[Step]) -> None:
    for step in steps:
        source = {target: origin for origin, target in correspond(step.before, step.after)}
        for path, node in walk(step.after):
            if isinstance(node, (sp.Sum, sp.Derivative)):
                assert type(subexpression(step.before, source[path])) is type(node)


def test_what_moves_whole_moves_with_all_its_parts(steps: list[Step]) -> None:
    for step in steps:
        source = {target: origin for origin, target in correspond(step.before, step.after)}
        for path, origin in source.items():
            if subexpression(step.before, origin) == subexpression(step.after, path):
                inside = [part for part in printed(step.after) if part[: len(path)] == path]
                assert all(source[part] == origin + part[len(path) :] for part in inside)


def test_a_line_corresponds_to_itself_part_by_part(steps: list[Step]) -> None:
    for step in steps:
        pairs = correspond(step.after, step.after)
        assert pairs == tuple((path, path) for path in printed(step.after))


def test_tidying_copies_nothing(worked: tuple[Step, ...]) -> None:
    pairs = correspond(worked[-1].before, worked[-1].after)
    assert max(Counter(origin for origin, _ in pairs).values()) == 1
    assert len(pairs) == len(printed(worked[-1].after))


def places(line: sp.Expr, node: sp.Basic) -> list[Path]:
    return [path for path, part in walk(line) if part == node]


def test_the_exponent_becomes_the_factor(worked: tuple[Step, ...]) -> None:
    step = worked[1]
    source = {target: origin for origin, target in correspond(step.before, step.after)}
    (factor,), (exponent,) = places(step.after, sp.Integer(2)), places(step.before, sp.Integer(2))
    assert source[factor] == exponent
    residual = subexpression(step.before, exponent[:-1]).args[0]
    (original,) = places(step.before, residual)
    assert [source[copy] for copy in places(step.after, residual)] == [original, original]


def test_the_datum_flies_out_of_the_residual_that_is_differentiated(
    worked: tuple[Step, ...],
) -> None:
    step = worked[2]
    source = {target: origin for origin, target in correspond(step.before, step.after)}
    ((derivative, _),) = [
        (path, node) for path, node in walk(step.before) if isinstance(node, sp.Derivative)
    ]
    factor = derivative  # x_i stands where the derivative stood
    assert isinstance(subexpression(step.after, factor), sp.Indexed)
    assert source[factor][: len(derivative)] == derivative
    assert subexpression(step.before, source[factor]) == subexpression(step.after, factor)


def test_one_grows_out_of_the_derivative_that_it_replaces(notebook: Lesson) -> None:
    step = derive(notebook).steps(notebook.parameters[1])[2]
    source = {target: origin for origin, target in correspond(step.before, step.after)}
    (one,) = (path for path in printed(step.after) if subexpression(step.after, path) == 1)
    assert isinstance(subexpression(step.before, source[one]), sp.Derivative)


def test_a_raised_number_changes_in_its_place() -> None:
    a, b = sp.symbols("a b")
    source = {new: old for old, new in correspond((a + b) ** 4, 4 * (a + b) ** 3)}
    assert source[(0,)] == (1,)
    assert source[(1, 1)] == (1,)
