"""Units of measurement become words: m² is square metres, km/h kilometres per hour."""

import re

from pipeline.voice.numerals import NUMERAL

UNITS = {
    "m": "metre",
    "km": "kilometre",
    "cm": "centimetre",
    "mm": "millimetre",
    "µm": "micrometre",
    "nm": "nanometre",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "t": "tonne",
    "s": "second",
    "ms": "millisecond",
    "µs": "microsecond",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "A": "ampere",
    "V": "volt",
    "mV": "millivolt",
    "W": "watt",
    "kW": "kilowatt",
    "Wh": "watt hour",
    "kWh": "kilowatt hour",
    "J": "joule",
    "kJ": "kilojoule",
    "N": "newton",
    "Pa": "pascal",
    "hPa": "hectopascal",
    "bar": "bar",
    "K": "kelvin",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "mol": "mole",
    "l": "litre",
    "L": "litre",
    "ml": "millilitre",
    "mL": "millilitre",
    "px": "pixel",
    "€": "euro",
    "$": "dollar",
    "°C": "degree Celsius",
    "°F": "degree Fahrenheit",
}
"""The name of one of each unit, by its sign."""

UNCHANGED = {"hertz", "bar", "kelvin"}
"""Names of units that have no other plural."""
POWERS = {"²": "square", "³": "cubic", "2": "square", "3": "cubic"}

TIMES = {"s", "ms", "µs", "min", "h", "d"}
"""Units that are "squared" and not "square": nobody has seen a square second."""

_UNIT = re.compile(r"(?P<sign>[A-Za-zµ]+|[€$]|°[CF])(?:\^?(?P<power>[²³23]))?")


def unit_in_words(text: str, before: str) -> str | None:
    """What is said for ``text`` if it is a unit behind a number, or a longer one behind "in".

    A single letter behind "in" is the name of a quantity.
    """
    count = re.fullmatch(rf".*?({NUMERAL})", before)
    if count is None and (before != "in" or len(text) == 1):
        return None
    first, *others = (_UNIT.fullmatch(part) for part in text.split("/"))
    found = [unit for unit in (first, *others) if unit is not None and unit["sign"] in UNITS]
    if len(found) != 1 + len(others):
        return None
    named = [_named(unit["sign"], unit["power"]) for unit in found]
    if count is None or count[1] != "1":
        named[0] = _plural(named[0])
    return " per ".join(named)


def _named(sign: str, power: str | None) -> str:
    if power and sign in TIMES:
        return f"{UNITS[sign]} {'squared' if power in '2²' else 'cubed'}"
    return f"{POWERS[power]} {UNITS[sign]}" if power else UNITS[sign]


def _plural(name: str) -> str:
    if name.startswith("degree"):
        return name.replace("degree", "degrees")
    return name if name in UNCHANGED else f"{name}s"
