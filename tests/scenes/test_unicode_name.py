"""What a caption calls a parameter."""

import pytest
import sympy as sp

from scenes.kit.wording.unicode_name import unicode_name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a", "a"),
        ("slope", "slope"),
        ("phi", "φ"),
        ("lambda", "λ"),
        ("lamda", "λ"),
        ("Omega", "Ω"),
        ("kappa_1", "κ₁"),
        ("w12", "w₁₂"),
        ("k_max", "kₘₐₓ"),
        ("T_amb", "T_amb"),
        ("a_hat", "â"),
        ("beta_hat_0", "β\N{COMBINING CIRCUMFLEX ACCENT}₀"),
    ],
)
def test_a_name_is_said_as_it_is_written_by_hand(name: str, text: str) -> None:
    assert unicode_name(sp.Symbol(name)) == text
