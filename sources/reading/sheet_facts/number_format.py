"""Number formats: whether what a cell shows is another number, or less of a day, than what it holds."""

import re
from functools import cache

_YEAR_AND_MONTH = 'yyyy"年"m"月"'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00",
}  # fmt: skip
BUILT_IN |= dict.fromkeys((27, 36, 50, 52, 57), _YEAR_AND_MONTH)
"""The formats of Excel, by number, that files need not declare, and that show less than a number or day, or another."""

_LITERAL = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_POINT = re.compile(r'[0#?](?:[\\!]\.|"\.")[0#?]')
_TWO_PLACES = re.compile(r"[#,0]*0\.00$")
_MIGHT_BE_A_MONTH = re.compile(r"(?:19|20)\d\d\.1")


@cache
def display_of(code: str) -> str:
    """Return how a format shows a number or day, by a letter; empty where it shows what is there.

    p as a percentage, s divided (`0!.0,`, `0.00,`), 2 with two places, m a day as its month, y as its year.
    """
    digits = _LITERAL.sub("", code)
    if _THOUSANDS.search(digits) or _POINT.search(code):
        return "s"
    if "%" in digits:
        return "p"
    digits = digits.partition(";")[0].strip().lower()
    letters = {*digits} & {*"ymdhs"}
    if "y" in letters and letters <= {"y", "m"}:
        return "m" if "m" in letters else "y"
    return "2" if _TWO_PLACES.fullmatch(digits) else ""


def shows_another(display: str, kind: str, text: str) -> bool:
    """Tell whether a cell of this kind and text shows something else; with two places only 2022.1 may."""
    if not display:
        return False
    if display in ("m", "y"):
        return kind == "d" and text[4:5] == "-"
    return kind == "n" and (display != "2" or _MIGHT_BE_A_MONTH.fullmatch(text) is not None)


@cache
def decimals_of(code: str) -> int | None:
    """Return how many decimals a format of plain numbers shows; None for any other."""
    digits = _LITERAL.sub("", code.split(";")[0]).strip()
    plain = _PLAIN.fullmatch(digits)
    return len(plain[1] or "") if plain else None


_PLAIN = re.compile(r"[#?0, ¥$]*[#?0](?:\.([#?0]*))?[ ]*")
