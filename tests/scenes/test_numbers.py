"""Numbers are written correctly rounded, and what each was written for can be asked."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.kit.proof.told import numerals, told
from scenes.kit.text.numbers import (
    MINUS,
    THIN_SPACE,
    WRITTEN,
    fixed,
    power_of_ten,
    significant,
    tick_label,
    tick_step,
    tick_value,
    ticks,
    whole,
)

finite = st.floats(-1e12, 1e12, allow_subnormal=False)
apart_from_zero = finite.filter(lambda value: abs(value) > 1e-12)


def read(text: str) -> Fraction:
    """The number that a text shows, exactly."""
    return Fraction(text.replace(MINUS, "-").replace(THIN_SPACE, ""))


@given(finite, st.integers(0, 6))
def test_fixed_is_the_nearest_of_its_decimals(value: float, decimals: int) -> None:
    text = fixed(value, decimals)
    assert abs(read(text) - Fraction(value)) <= Fraction(1, 2 * 10**decimals)
    assert len(text.partition(".")[2]) == decimals


@given(apart_from_zero, st.integers(1, 6))
def test_significant_keeps_as_many_digits_as_asked(value: float, digits: int) -> None:
    text = significant(value, digits)
    shown = text.replace(MINUS, "").replace(".", "").lstrip("0")
    # Beyond the asked digits a large number goes on in zeros.
    assert len(shown) >= digits
    assert not shown[digits:].strip("0")
    assert abs(read(text) - Fraction(value)) <= abs(read(text)) * Fraction(
        1, 2 * 10 ** (digits - 1)
    )


@given(st.integers(-(10**9), 10**9))
def test_whole_shows_every_digit(count: int) -> None:
    assert read(whole(count)) == count


@given(apart_from_zero)
def test_power_of_ten_is_within_half_a_power(value: float) -> None:
    shown = float(power_of_ten(value).replace(MINUS, "-"))
    assert abs(math.log10(shown / abs(value))) <= 0.5 + 1e-9


@given(finite, apart_from_zero)
def test_a_tick_says_where_it_is(low: float, span: float) -> None:
    high = low + max(abs(span), 1e-6 * abs(low))
    step = tick_step(high - low)
    for value in ticks(low, high):
        assert tick_value(tick_label(value, step)) == pytest.approx(value, abs=1e-9 * step)


@given(finite, st.integers(0, 6))
def test_a_written_number_is_known_again_in_a_sentence(value: float, decimals: int) -> None:
    (number,) = told(f"The loss is {fixed(value, decimals)}, at last.").numbers
    assert number is not None
    assert (number.value, number.place) == (value, -decimals)


def test_a_number_never_written_is_not_known() -> None:
    WRITTEN.clear()
    fixed(77.0136, 2)
    assert told("It falls from 77.01 to 77.02.").numbers[1] is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"from 77.01 to {MINUS}0.35.", ["77.01", f"{MINUS}0.35"]),
        (f"after 10{THIN_SPACE}000 steps, 1 %", [f"10{THIN_SPACE}000", "1"]),
        (f"an error of 1e{MINUS}8", [f"1e{MINUS}8"]),
        ("x_1 + r^2 - sum_(i=1)^n w12", []),
        ("{{ 2.6504 : old }} - 0.01 dot (x)", ["2.6504", "0.01"]),
        ("7.1° off", ["7.1"]),
    ],
)
def test_numerals_are_told_from_indices(text: str, found: list[str]) -> None:
    assert numerals(text) == found
