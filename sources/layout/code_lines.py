"""Where the codes of a form stand: in a row under the headings, or in a column beside the indicators.

Headings and indicators are codes too, where a rule calls them by name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from schemas.balance import bare_code, plain
from sources.layout.block import has_figures
from sources.layout.column_name import MARKS, bare_name, is_code, is_number_row, is_placeholder
from sources.reading.cells import Sheet
from sources.text.squeeze import squeeze
from sources.text.unit import is_unit

_LABEL = re.compile(r"(?:汇总|指标|项目|统计)?(?:代码|编码|编号)(?:总汇|汇总)?|代号|[栏列行][次号]")
_SERIAL = re.compile(r"序号|项次")


@dataclass(frozen=True)
class Region:
    """Rows and columns of a sheet in which one form stands."""

    sheet: Sheet
    rows: range
    columns: range

    @cached_property
    def _origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.sheet.merged
            for row in range(max(top, self.rows.start), min(bottom + 1, self.rows.stop))
            for column in range(max(left, self.columns.start), min(right + 1, self.columns.stop))
        }

    def text(self, row: int, column: int) -> str:
        """The text of a cell, of its merged range where it is covered; squeezed."""
        row, column = self._origin.get((row, column), (row, column))
        return squeeze(self.sheet.text[row][column])


@dataclass(frozen=True)
class CodeLine:
    """A row of codes, each of which numbers a column; or, `down`, a column of codes that number rows.

    places: by code the columns (rows) that it numbers. records: the rows (columns) whose figures are meant.
    serial: perhaps it only counts the records.
    """

    down: bool
    at: int
    places: dict[str, list[int]]
    records: range
    serial: bool = False

    def find(self, codes: Iterable[str], *, exactly: bool = False) -> dict[str, int] | None:
        """Where each of some codes stands, as spelled or else but for leading zeros; None if not just once."""
        wanted = {code: self.places.get(code, []) for code in codes}
        if not exactly and not all(wanted.values()):
            wanted = {code: self._bare.get(code.lstrip("0"), []) for code in wanted}
        if any(len(places) != 1 for places in wanted.values()):
            return None
        return {code: place for code, [place] in wanted.items()}

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for code, places in self.places.items():
            found.setdefault(code.lstrip("0"), []).extend(places)
        return found


def code_lines(region: Region) -> list[CodeLine]:
    """Every row and column of codes in a region, the records of one end where the next begins; then names."""
    across = [line for row in region.rows if (line := _across(region, row))]
    down = [line for column in region.columns for line in _down(region, column)]
    coded = _bounded(across, region.rows.stop) + _bounded(down, region.columns.stop)
    return coded + _named(region, {line.at for line in across})


def _bounded(lines: list[CodeLine], end: int) -> list[CodeLine]:
    ends = dict(pairwise(sorted({*(line.at for line in lines), end})))
    return [replace(line, records=range(line.at + 1, ends[line.at])) for line in lines]


def _across(region: Region, row: int) -> CodeLine | None:
    filled = [column for column in region.columns if region.sheet.kinds[row][column] != " "]
    said = [_code_said(region.sheet.text[row][column]) for column in filled]
    labelled = bool(said) and bool(_LABEL.fullmatch(said[0]) or _SERIAL.fullmatch(said[0]))
    if not is_number_row([_NAMED, *said[1:]] if labelled else said):
        return None
    codes = [(code, place) for code, place in zip(said, filled, strict=True) if _is_code(code)]
    return CodeLine(False, row, _places(codes), range(0)) if len(codes) > 1 else None


_NAMED = "代码"


def _down(region: Region, column: int) -> Iterator[CodeLine]:
    """The runs of codes under a heading that says they are some; another text ends a run."""
    heading, codes = "", list[tuple[str, int]]()
    for row in region.rows:
        said = _code_said(region.sheet.text[row][column])
        if heading and _is_code(said) and not (said in MARKS and not codes):
            codes.append((said, row))
        elif said and (said in MARKS or not is_placeholder(said)):
            yield from _run(column, heading, codes)
            codes = []
            heading = said if _LABEL.fullmatch(said) or _SERIAL.fullmatch(said) or said in MARKS else ""
    yield from _run(column, heading, codes)


def _run(column: int, heading: str, codes: list[tuple[str, int]]) -> Iterator[CodeLine]:
    if len(codes) > 1:
        yield CodeLine(True, column, _places(codes), range(0), bool(_SERIAL.fullmatch(heading)))


def _places(codes: list[tuple[str, int]]) -> dict[str, list[int]]:
    return _by_name([(bare_code(plain(code)), place) for code, place in codes])


def _named(region: Region, code_rows: set[int]) -> list[CodeLine]:
    """The lowest heading of each column, and the names in the first column of texts beside figures."""
    text, kinds = region.sheet.text, region.sheet.kinds
    across = slice(region.columns.start, region.columns.stop)
    body = [
        row
        for row in region.rows
        if row not in code_rows and has_figures(list(map(squeeze, text[row][across])), kinds[row][across])
    ]
    if not body:
        return []
    headings = [
        (name, column)
        for column in region.columns
        for name in [
            _lowest_name(region.text(row, column) for row in range(body[0] - 1, region.rows.start - 1, -1))
        ]
    ]
    side = next(
        (c for c in region.columns if any(kinds[row][c] == "t" for row in body)), region.columns.start
    )
    names = [(_lowest_name([region.text(row, side)]), row) for row in body]
    return [
        CodeLine(False, body[0] - 1, _by_name(headings), range(body[0], region.rows.stop)),
        CodeLine(True, side, _by_name(names), range(side + 1, region.columns.stop)),
    ]


def _lowest_name(texts: Iterable[str]) -> str:
    names = (bare_name(text) for text in texts if text and not is_unit(text) and not _is_code(text))
    return next((name for name in names if not is_placeholder(name)), "")


def _by_name(names: list[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, place in names:
        if name:
            found.setdefault(name, []).append(place)
    return found


def _is_code(text: str) -> bool:
    return is_code(text) or text in MARKS


def _code_said(text: str) -> str:
    """A cell among codes: `3=4+5`, `5=3/4` stand for 3 and 5."""
    said = squeeze(text)
    code, equals, _ = said.partition("=")
    return code if equals and _is_code(code) else said


def has_units(region: Region, line: CodeLine) -> bool:
    """Whether the places of a line have units of measure beside it: then what it numbers are indicators."""
    places = [place for places in line.places.values() for place in places]
    across = range(line.at - 3, line.at + 3)
    for beside in across:
        cells = [(place, beside) if line.down else (beside, place) for place in places]
        said = [region.text(*cell) for cell in cells if cell[0] in region.rows and cell[1] in region.columns]
        if 2 * sum(is_unit(text) for text in said) > len(places):
            return True
    return False
