"""The text that a county words for its bulletin: paragraphs by chapter with places for figures.

Put here: how `bulletin/text.md` is written and what may be wrong with it. Keep out: what is put into the places, see
`prose.py`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from schemas.files.faults import suggest
from schemas.files.toml_file import SettingsRefused
from schemas.indicator import CHAPTERS, Indicator

BULLETINS = "bulletin"
"""In a county's folder: the bulletins that it has printed, and its text for those to come."""

TEXT = "text.md"
"""In that folder."""

Word = Literal["年", "上年", "区县"]
WORDS: tuple[Word, ...] = ("年", "上年", "区县")

_SLOT = re.compile(r"\{([^{}]*)\}")
_FIGURE = re.compile(r"(?P<code>[a-z][a-z0-9_]*)(?P<growth>，增减|（增减）)?")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class FigureSlot:
    """A place for a figure. growth: what comes before and after its change on the year before, None for none."""

    code: str
    growth: tuple[str, str] | None


Part = str | FigureSlot
"""Text, or a place for a figure; the words of WORDS stand in text as they are written, in braces."""

Sentence = tuple[Part, ...]
"""What is written whole or not at all: up to 。 or ；."""

CountyParagraph = tuple[Sentence, ...]


@dataclass(frozen=True)
class CountyText:
    """Paragraphs of sentences.

    opening: before the first chapter; chapters: by name. names: of the county's indicators, by code.
    """

    opening: tuple[CountyParagraph, ...] = ()
    chapters: Mapping[str, tuple[CountyParagraph, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def read_county_text(folder: Path, indicators: Mapping[str, Indicator]) -> CountyText | None:
    """Read the text of a county's folder of bulletins; None where it has none.

    indicators: all that the county has, by code. Raises SettingsRefused.
    """
    path = folder / TEXT
    if not path.exists():
        return None
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SettingsRefused(f"公报正文 {TEXT} 不是 UTF-8；请另存为 UTF-8 编码") from error
    if faults := list(_faults(lines, indicators)):
        raise SettingsRefused(f"公报正文 {TEXT} 有误：" + "；".join(faults))
    return _parse(lines, indicators)


def _parse(lines: Iterable[str], indicators: Mapping[str, Indicator]) -> CountyText:
    """Take every line for a paragraph, and # for the name of a chapter."""
    opening: list[CountyParagraph] = []
    chapters: dict[str, list[CountyParagraph]] = {}
    into = opening
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("#"):
            into = chapters.setdefault(_heading(line), [])
        else:
            into.append(tuple(_sentence(text) for text in _SENTENCE.findall(line)))
    names = {code: indicator.name for code, indicator in indicators.items()}
    return CountyText(tuple(opening), {name: tuple(lines) for name, lines in chapters.items()}, names)


def _sentence(text: str) -> Sentence:
    parts: list[Part] = []
    for number, part in enumerate(_SLOT.split(text)):
        is_slot = number % 2 == 1
        match = _FIGURE.fullmatch(part) if is_slot else None
        if match is None:
            parts.append(f"{{{part}}}" if is_slot else part)
        else:
            growth = match["growth"]
            parts.append(FigureSlot(match["code"], (growth[0], growth[3:]) if growth else None))
    return tuple(part for part in parts if part)


def _faults(lines: Iterable[str], indicators: Mapping[str, Indicator]) -> Iterator[str]:
    chapters = list(dict.fromkeys((*CHAPTERS, *(indicator.chapter for indicator in indicators.values()))))
    named: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if _CONTROL.search(line):
            yield f"第 {number} 行：有不可见的控制字符；请删去"
        if line.strip().startswith("#"):
            name = _heading(line)
            if name not in chapters:
                yield f"第 {number} 行：没有“{name}”这一章{suggest(name, chapters)}"
            elif name in named:
                yield f"第 {number} 行：“{name}”这一章写了两次；请合为一处"
            named.add(name)
            continue
        slots = _SLOT.findall(line)
        if len(slots) != line.count("{") or len(slots) != line.count("}"):
            yield f"第 {number} 行：花括号没有成对"
        yield from (f"第 {number} 行：{fault}" for slot in slots if (fault := _fault_of(slot, indicators)))


def _fault_of(slot: str, codes: Collection[str]) -> str | None:
    if slot in WORDS:
        return None
    match = _FIGURE.fullmatch(slot)
    if match is None:
        return f"“{{{slot}}}”应形如 {{指标代码}}、{{指标代码，增减}}、{{指标代码（增减）}} 或 {{年}}、{{上年}}、{{区县}}"
    if match["code"] in codes:
        return None
    near = suggest(match["code"], list(codes)).partition("；")[0]
    return f"没有指标 {match['code']}{near}；代码见 dim_indicator"


def _heading(line: str) -> str:
    return line.strip().lstrip("#").strip()
