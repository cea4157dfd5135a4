"""Every rule that a derivation names can be said, and so translated."""

import ast

from scenes.ch05_the_chain_rule_worked.rules import RULES
from tests.conftest import ROOT


def test_there_is_a_message_for_each_rule_of_gdmath() -> None:
    texts = {
        node.value
        for path in (ROOT / "gdmath/derivation").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    kinds = {f"chain rule on the {text}" for text in texts}
    assert set(RULES) <= texts | kinds, "a name that gdmath does not give"
    # The named ones are the first argument of Rule, the rest are pairs of a name and a function.
    named = {
        node.args[0].value
        for path in (ROOT / "gdmath/derivation").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Rule"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(named) > 15
    assert named <= set(RULES)
