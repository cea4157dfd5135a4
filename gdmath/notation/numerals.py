"""Write numbers in Typst: 3, 0.05, 2/3 as a fraction, 1.5 × 10⁻⁸."""

import sympy as sp

SIGNIFICANT_DIGITS = 12
PLAIN_PLACES = 6


def has_bar(number: sp.Basic) -> bool:
    """Tell whether a number is set as a fraction; 1/20 is set as 0.05, 1/3 and 5/7 have a bar."""
    return isinstance(number, sp.Rational) and number.q > 1 and not _is_decimal(number)


def number_to_typst(number: sp.Number, *, inline: bool = False) -> str:
    """Return Typst maths for a number; `inline` sets a fraction with a slash, as in an exponent."""
    if isinstance(number, sp.Integer):
        return str(number)
    if isinstance(number, sp.Rational) and not _is_decimal(number):
        sign = "-" if number < 0 else ""
        above, below = abs(number.p), number.q
        return f"{sign}{above}\\/{below}" if inline else f"{sign}frac({above}, {below})"
    digits, _, exponent = f"{float(number):.{SIGNIFICANT_DIGITS}g}".partition("e")
    if not exponent:
        return digits
    power = f"10^({int(exponent)})"
    return power if digits == "1" else f"{digits} dot {power}"


def _is_decimal(number: sp.Rational) -> bool:
    """Tell whether a ratio is what someone wrote as 0.05 or 12.2, not an everyday ¾.

    One with many places is if it has few digits, as 0.0174533 has and x/1024 has not.
    """
    places = next((k for k in range(1, SIGNIFICANT_DIGITS + 1) if 10**k % number.q == 0), None)
    if places is None or number.q in (2, 4, 8):
        return False
    few = abs(number.p) != 1 and abs(number) * 10**places < 10**PLAIN_PLACES
    return places <= PLAIN_PLACES or bool(few)
