"""Number formats: whether what a cell shows is another number than the one that it holds."""

import re
from functools import cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00",
}  # fmt: skip
"""The formats of Excel, by number, that files need not declare, and that show less than a number or another."""

_LITERAL = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_POINT = re.compile(r'[0#?](?:[\\!]\.|"\.")[0#?]')


@cache
def display_of(code: str) -> str:
    """Return how a format shows a number: p as a percentage, s divided (`0!.0,`, `0.00,`), else empty."""
    digits = _LITERAL.sub("", code)
    if _THOUSANDS.search(digits) or _POINT.search(code):
        return "s"
    return "p" if "%" in digits else ""


@cache
def decimals_of(code: str) -> int | None:
    """Return how many decimals a format of plain numbers shows; None for any other."""
    digits = _LITERAL.sub("", code.split(";")[0]).strip()
    plain = _PLAIN.fullmatch(digits)
    return len(plain[1] or "") if plain else None


_PLAIN = re.compile(r"[#?0, ¥$]*[#?0](?:\.([#?0]*))?[ ]*")
