"""Texts as they may stand in a line of a log or on a terminal."""

import re

_MOVES = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What ends a line, commands a terminal, turns the direction of writing, or is no character."""


def printable(text: str) -> str:
    """Write each such character as its picture, as ␊ and ␛, or as � where it has none; a code could be read as a year."""
    return _MOVES.sub(lambda match: _picture(ord(match[0])), text)


def _picture(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"
