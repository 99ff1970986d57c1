"""Nearest spellings: the known word that a text most likely stands for."""

from collections.abc import Iterable
from difflib import get_close_matches

from sources.text.squeeze import squeeze


def suggest(text: str, known: Iterable[str]) -> str:
    """Return words that name the known spelling nearest to a text, to follow a quotation; empty where none is near."""
    nearest = get_close_matches(squeeze(text), list(dict.fromkeys(known)), n=1, cutoff=0.5)
    return f"，最接近的规定写法是“{nearest[0]}”" if nearest else ""
