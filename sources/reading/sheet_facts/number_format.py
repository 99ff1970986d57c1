"""Number formats: whether what a cell shows is another number than the one that it holds."""

import re
from functools import cache

BUILT_IN = {9: "0%", 10: "0.00%"}
"""The formats of Excel, by number, that files need not declare, and that show another number."""

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
