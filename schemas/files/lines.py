"""The line of a TOML file on which a key stands: tomllib does not tell."""

import re
from collections.abc import Iterator

from schemas.files.allowed import Loc

_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<name>{_NAME})\s*\]")
_KEY = re.compile(rf"\s*(?P<name>{_NAME})\s*=")


def line_of(text: str, loc: Loc) -> int | None:
    """Return the line of the key at a place, else of the innermost table around it; None where it has none."""
    lines: dict[Loc, int] = {}
    for number, place in _places(text):
        for depth in range(1, len(place) + 1):
            lines.setdefault(place[:depth], number)
    return next((lines[loc[:depth]] for depth in range(len(loc), 0, -1) if loc[:depth] in lines), None)


def _places(text: str) -> Iterator[tuple[int, Loc]]:
    """Give the place of every header and key, with its line; entries of [[lists]] are numbered from 0."""
    section: Loc = ()
    entries: dict[Loc, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = ()
            for part in _parts(header["name"]):
                section = _in_last_entry(section, entries)
                section = (*section, part)
            if header["open"] == "[[":
                entries[section] = entries.get(section, -1) + 1
                section = (*section, entries[section])
            yield number, section
        elif key := _KEY.match(line):
            yield number, (*section, *_parts(key["name"]))


def _in_last_entry(section: Loc, entries: dict[Loc, int]) -> Loc:
    return (*section, entries[section]) if section in entries else section


def _parts(name: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, name)]
