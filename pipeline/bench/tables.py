"""Tables in Markdown, and the figures in their cells."""

from collections.abc import Iterable, Sequence

from pipeline.bench.ledger import Ledger

MISSING = "not measured"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty if it has no rows."""
    found = [*rows]
    if not found:
        return ""
    lines = [head, ["---"] * len(head), *found]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def seconds(ledger: Ledger, name: str, quantity: str, per: str = "") -> str:
    """The median of a quantity in seconds, if need be for each second of another one."""
    if name not in ledger:
        return MISSING
    if per:
        return f"{ledger.median(name, quantity) / ledger.median(name, per):.2f}"
    return f"{ledger.median(name, quantity):.2f} s"


def megabytes(ledger: Ledger, name: str) -> str:
    """The largest memory of one process that was ever seen."""
    if name not in ledger:
        return MISSING
    return f"{max(row['peak'] for row in ledger.rows(name)) / 1e6:.0f} MB"


def times(ledger: Ledger, numerator: str, denominator: str, quantity: str) -> str:
    """How many times as much the one is as the other."""
    if numerator not in ledger or denominator not in ledger:
        return MISSING
    ratio = ledger.median(numerator, quantity) / ledger.median(denominator, quantity)
    return f"{ratio:.1f} ×"
