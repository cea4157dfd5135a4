"""The names of all rules of differentiation are found, though nothing of gdmath is run for it."""

from gdmath.derivation.calculus import FUNCTION_RULES, LINEAR_RULES
from gdmath.derivation.rewriting import FINISH, INSIDE, SPLIT
from pipeline.language.spelling import spelled
from pipeline.language.steps import names_of_steps
from tests.conftest import ROOT


def test_every_rule_is_known_by_its_name() -> None:
    templates = [t for node, scope in names_of_steps(ROOT) for t in spelled(node, scope)]
    rules = (*LINEAR_RULES, *FUNCTION_RULES, INSIDE, *SPLIT, FINISH)
    names = {rule.name for rule in rules} | {"tidy up", "a quotient of functions has a name"}
    assert {name for name in names if not any(t.read(name) is not None for t in templates)} == set()
    assert all(slot.options for template in templates for slot in template.slots)
    assert not any(template.is_value for template in templates)
