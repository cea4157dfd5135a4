"""Numbers become words: the digits behind the point one by one, powers of ten as such."""

import re

NUMERAL = r"[−\-]?\d+(?:[\u2009\u202f ]\d{3})*(?:\.\d+)?(?:e[−\-+]?\d+)?"
"""A number as the lecture writes it: 10 000, −0.35, 1e−8."""

# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))

_PARTS = re.compile(r"([−\-]?)(\d+)(?:\.(\d+))?(?:e([−\-+]?)(\d+))?")


def in_words(numeral: str) -> str:
    """A numeral in words: "minus zero point three five", "ten to the minus eight"."""
    found = _PARTS.fullmatch(re.sub(r"\s", "", numeral))
    assert found is not None, numeral
    minus, ones, decimals, power_minus, power = found.groups()
    said = [whole_in_words(int(ones))]
    if decimals:
        said += ["point", *(ONES[int(digit)] for digit in decimals)]
    if power:
        sign = "minus " if power_minus in ("−", "-") else ""
        ten = f"ten to the {sign}{whole_in_words(int(power))}"
        said = [ten] if said == ["one"] else [*said, "times", ten]
    return " ".join(["minus"] * bool(minus) + said)


def whole_in_words(number: int) -> str:
    """A number of things in words, as Americans count: "one thousand nine hundred sixty-eight"."""
    for scale, name in SCALES:
        if number >= scale:
            return _joined(f"{whole_in_words(number // scale)} {name}", number % scale)
    if number >= 100:
        return _joined(f"{ONES[number // 100]} hundred", number % 100)
    if number >= 20:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    return ONES[number]


def _joined(many: str, rest: int) -> str:
    return f"{many} {whole_in_words(rest)}" if rest else many
