"""Numbers are written correctly rounded, and what each was written for can be asked."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.kit.proof.provenance import told
from scenes.kit.wording.numbers import (
    INFINITE,
    MINUS,
    THIN_SPACE,
    as_given,
    dwindling,
    fixed,
    power_of_ten,
    significant,
    suited,
    tick_label,
    tick_step,
    tick_value,
    ticks,
    told_apart,
    whole,
)
from scenes.kit.wording.written import fill, in_code, numerals
from tests.scenes.proof import is_rounded

finite = st.floats(-1e12, 1e12, allow_subnormal=False)
apart_from_zero = finite.filter(lambda value: abs(value) > 1e-12)


def read(text: str) -> Fraction:
    """The number that a text shows, exactly; 2.17e9 and 10⁻⁸ as well."""
    return Fraction(in_code(text))


@given(finite, st.integers(0, 6))
def test_fixed_is_the_nearest_of_its_decimals(value: float, decimals: int) -> None:
    text = fixed(value, decimals)
    assert abs(read(text) - Fraction(value)) <= Fraction(1, 2 * 10**decimals)
    assert len(text.partition(".")[2]) == decimals


@given(apart_from_zero, st.integers(1, 6))
def test_significant_keeps_as_many_digits_as_asked(value: float, digits: int) -> None:
    text = significant(value, digits)
    shown = re.sub(f"[{MINUS}{THIN_SPACE}.]", "", text.partition("e")[0]).lstrip("0")
    # Beyond the asked digits a large number goes on in zeros.
    assert len(shown) >= digits
    assert not shown[digits:].strip("0")
    assert abs(read(text) - Fraction(value)) <= abs(read(text)) * Fraction(
        1, 2 * 10 ** (digits - 1)
    )


@given(apart_from_zero, st.integers(1, 6))
def test_a_number_with_a_power_is_known_again(value: float, digits: int) -> None:
    sentence = fill("it is {value}, then", value=significant(value, digits))
    (numeral,) = numerals(sentence)
    (number,) = told(sentence).numbers
    assert number is not None
    assert is_rounded(numeral, number)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2_167_000_123.0, 4, "2.167e9"),
        (9_999_999.0, 3, "1.00e7"),
        (1_234_567.0, 3, f"1{THIN_SPACE}230{THIN_SPACE}000"),
        (5e-5, 1, "0.00005"),
        (-4.04e-8, 2, f"{MINUS}4.0e{MINUS}8"),
        (math.inf, 4, INFINITE),
    ],
)
def test_what_is_very_large_or_small_is_written_by_a_power(
    value: float, digits: int, text: str
) -> None:
    assert significant(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (0.015, "0.015"), (3.0, "3"), (200.0, "200"), (1 / 3, "0.3333"), (0.0, "0")],
)
def test_a_number_is_written_as_it_was_given(value: float, text: str) -> None:
    assert as_given(value) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([77.0136, -3.0], "77.0136"),
        ([8.0], "8.0000"),
        ([286_225.4, 12.0], f"286{THIN_SPACE}225"),
        ([0.004_321], "0.004321"),
        ([0.000_003_091], f"3.091e{MINUS}6"),
        ([0.0], "0.0000"),
        ([2.5e9, 1.0], "2.500e9"),
        ([3e-8, math.inf], f"3.000e{MINUS}8"),
    ],
)
def test_a_precision_suits_the_largest_of_a_series(values: list[float], text: str) -> None:
    assert suited(values)(values[0]) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1519, "0.1519"),
        (6e-5, "0.0001"),
        (4.6e-5, f"4.6e{MINUS}5"),
        (-1.51e-6, f"{MINUS}1.5e{MINUS}6"),
        (9.96e-6, f"1.0e{MINUS}5"),
        (1e-15, "0.0000"),
        (0.0, "0.0000"),
    ],
)
def test_a_series_that_dies_away_is_told_on_beyond_its_decimals(value: float, text: str) -> None:
    assert dwindling([0.1519, value])(value) == text


@pytest.mark.parametrize(
    ("pair", "texts"),
    [
        ((77.0136, 66.5234), ("77.01", "66.52")),
        ((0.3012, 0.2791), ("0.301", "0.279")),
        ((28_622.0, 27_990.1), (f"28{THIN_SPACE}622.0", f"27{THIN_SPACE}990.1")),
        ((5.0, 5.0), ("5.00", "5.00")),
        ((9.276_02e8, 9.276_11e8), ("9.2760e8", "9.2761e8")),
        ((9.276_021e8, 9.276_022e8), ("9.27602e8", "9.27602e8")),
    ],
)
def test_two_numbers_are_told_apart(pair: tuple[float, float], texts: tuple[str, str]) -> None:
    assert told_apart(*pair) == texts


@given(st.integers(-(10**9), 10**9))
def test_whole_shows_every_digit(count: int) -> None:
    assert read(whole(count)) == count


@given(apart_from_zero)
def test_power_of_ten_is_within_half_a_power(value: float) -> None:
    shown = float(read(power_of_ten(value)))
    assert abs(math.log10(shown / abs(value))) <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("numeral", "value"), [("10⁻⁸", 1e-8), ("10¹²", 1e12), (f"{MINUS}2.5e{MINUS}3", -0.0025)]
)
def test_a_numeral_is_read_as_it_is_meant(numeral: str, value: float) -> None:
    assert float(in_code(numeral)) == value


@given(finite, apart_from_zero)
def test_a_tick_says_where_it_is(low: float, span: float) -> None:
    high = low + max(abs(span), 1e-6 * abs(low))
    step = tick_step(high - low)
    for value in ticks(low, high):
        assert tick_value(tick_label(value, step)) == pytest.approx(value, abs=1e-9 * step)


@given(finite, st.integers(0, 6))
def test_a_written_number_is_known_again_in_a_sentence(value: float, decimals: int) -> None:
    (number,) = told(fill("The loss is {x}, at last.", x=fixed(value, decimals))).numbers
    assert number is not None
    assert (number.value, number.place) == (value, -decimals)


def test_a_number_never_written_is_not_known() -> None:
    sentence = fill("It falls from {loss} to 77.02, not to 77.01.", loss=fixed(77.0136, 2))
    assert [number is None for number in told(sentence).numbers] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"from 77.01 to {MINUS}0.35.", ["77.01", f"{MINUS}0.35"]),
        (f"after 10{THIN_SPACE}000 steps, 1 %", [f"10{THIN_SPACE}000", "1"]),
        (f"an error of 1e{MINUS}8", [f"1e{MINUS}8"]),
        ("below about 10⁻⁸ it is, at x¹⁰ 3", ["10⁻⁸", "3"]),
        ("x_1 + r^2 - sum_(i=1)^n w12", []),
        ("{{ 2.6504 : old }} - 0.01 dot (x)", ["2.6504", "0.01"]),
        ("7.1° off", ["7.1"]),
    ],
)
def test_numerals_are_told_from_indices(text: str, found: list[str]) -> None:
    assert numerals(text) == found
