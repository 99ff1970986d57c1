"""Quotations of what a cell holds, and the known word that it most likely stands for."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from sources.text.squeeze import narrow, squeeze

_BETWEEN_DIGITS = re.compile(r"[\s.,–—-]+")
_LONG_NUMBER = re.compile(r"\d{11}")
_MOST_QUOTED = 20


def quote(text: str) -> str:
    """Return a text as a message may quote it, in one line and cut short.

    Empty for one with a number as long as those of phones, persons and accounts.
    """
    if _LONG_NUMBER.search(_BETWEEN_DIGITS.sub("", narrow(text))):
        return ""
    shown = "⏎".join(" ".join(line.split()) for line in text.strip().splitlines())
    return shown if len(shown) <= _MOST_QUOTED else f"{shown[:_MOST_QUOTED]}…"


def suggest(text: str, known: Iterable[str]) -> str:
    """Return words that name the known spelling nearest to a text, to follow a quotation; empty where none is near."""
    nearest = get_close_matches(squeeze(text), list(dict.fromkeys(known)), n=1, cutoff=0.5)
    return f"，最接近的规定写法是“{nearest[0]}”" if nearest else ""
