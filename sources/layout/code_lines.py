"""Codes of a form: in a row under the headings, or in a column beside the indicators.

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
    """The rows and columns of a sheet in which one form stands."""

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
        """Return the squeezed text of a cell; of its merged range where one covers it."""
        row, column = self._origin.get((row, column), (row, column))
        return squeeze(self.sheet.text[row][column])


@dataclass(frozen=True)
class CodeLine:
    """A row of codes, each of which numbers a column; or, `down`, a column of codes that number rows.

    at: the row (column) of the codes. places: by code the columns (rows) that it numbers. records: the rows
    (columns) that hold the figures. serial: whether it may only count the records.
    """

    down: bool
    at: int
    places: dict[str, list[int]]
    records: range
    serial: bool = False

    def find(self, codes: Iterable[str], *, exactly: bool = False) -> dict[str, int] | None:
        """Find the place of each code, if need be without leading zeros; None unless each has just one."""
        wanted = {code: self.places.get(code, []) for code in codes}
        if not exactly and not all(wanted.values()):
            wanted = {code: self._places_by_bare_code.get(code.lstrip("0"), []) for code in wanted}
        if any(len(places) != 1 for places in wanted.values()):
            return None
        return {code: place for code, [place] in wanted.items()}

    @cached_property
    def _places_by_bare_code(self) -> dict[str, list[int]]:
        places_of: dict[str, list[int]] = {}
        for code, places in self.places.items():
            places_of.setdefault(code.lstrip("0"), []).extend(places)
        return places_of


def find_code_lines(region: Region) -> list[CodeLine]:
    """Find every row and column of codes in a region, then the names.

    The records of one line end where the next begins.
    """
    across = [line for row in region.rows if (line := _read_code_row(region, row))]
    down = [line for column in region.columns for line in _read_code_columns(region, column)]
    coded = _bound_records(across, region.rows.stop) + _bound_records(down, region.columns.stop)
    return coded + _find_name_lines(region, {line.at for line in across})


def _bound_records(lines: list[CodeLine], end: int) -> list[CodeLine]:
    ends = dict(pairwise(sorted({*(line.at for line in lines), end})))
    return [replace(line, records=range(line.at + 1, ends[line.at])) for line in lines]


def _read_code_row(region: Region, row: int) -> CodeLine | None:
    filled = [column for column in region.columns if region.sheet.kinds[row][column] != " "]
    texts = [_strip_formula(region.sheet.text[row][column]) for column in filled]
    labelled = bool(texts) and bool(_LABEL.fullmatch(texts[0]) or _SERIAL.fullmatch(texts[0]))
    if not is_number_row([_CODE_LABEL, *texts[1:]] if labelled else texts):
        return None
    codes = [(code, place) for code, place in zip(texts, filled, strict=True) if _is_code(code)]
    return CodeLine(False, row, _group_codes(codes), range(0)) if len(codes) > 1 else None


_CODE_LABEL = "代码"


def _read_code_columns(region: Region, column: int) -> Iterator[CodeLine]:
    """Yield the runs of codes under a heading that announces codes; another text ends a run."""
    heading, codes = "", list[tuple[str, int]]()
    for row in region.rows:
        text = _strip_formula(region.sheet.text[row][column])
        if heading and _is_code(text) and not (text in MARKS and not codes):
            codes.append((text, row))
        elif text and (text in MARKS or not is_placeholder(text)):
            yield from _make_code_column(column, heading, codes)
            codes = []
            heading = text if _LABEL.fullmatch(text) or _SERIAL.fullmatch(text) or text in MARKS else ""
    yield from _make_code_column(column, heading, codes)


def _make_code_column(column: int, heading: str, codes: list[tuple[str, int]]) -> Iterator[CodeLine]:
    if len(codes) > 1:
        yield CodeLine(True, column, _group_codes(codes), range(0), bool(_SERIAL.fullmatch(heading)))


def _group_codes(codes: list[tuple[str, int]]) -> dict[str, list[int]]:
    return _group_by_name([(bare_code(plain(code)), place) for code, place in codes])


def _find_name_lines(region: Region, code_rows: set[int]) -> list[CodeLine]:
    """Return the lowest heading of each column, and the names in the first column of texts beside figures."""
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
            _choose_lowest_name(
                region.text(row, column) for row in range(body[0] - 1, region.rows.start - 1, -1)
            )
        ]
    ]
    side = next(
        (c for c in region.columns if any(kinds[row][c] == "t" for row in body)), region.columns.start
    )
    names = [(_choose_lowest_name([region.text(row, side)]), row) for row in body]
    return [
        CodeLine(False, body[0] - 1, _group_by_name(headings), range(body[0], region.rows.stop)),
        CodeLine(True, side, _group_by_name(names), range(side + 1, region.columns.stop)),
    ]


def _choose_lowest_name(texts: Iterable[str]) -> str:
    names = (bare_name(text) for text in texts if text and not is_unit(text) and not _is_code(text))
    return next((name for name in names if not is_placeholder(name)), "")


def _group_by_name(names: list[tuple[str, int]]) -> dict[str, list[int]]:
    places_of: dict[str, list[int]] = {}
    for name, place in names:
        if name:
            places_of.setdefault(name, []).append(place)
    return places_of


def _is_code(text: str) -> bool:
    return is_code(text) or text in MARKS


def _strip_formula(text: str) -> str:
    """Reduce a formula among codes to its own code: `3=4+5`, `5=3/4` stand for 3 and 5."""
    squeezed = squeeze(text)
    code, equals, _ = squeezed.partition("=")
    return code if equals and _is_code(code) else squeezed


def has_units(region: Region, line: CodeLine) -> bool:
    """Tell whether the places of a line have units of measure beside it: then it numbers indicators."""
    places = [place for places in line.places.values() for place in places]
    lines_beside = range(line.at - 3, line.at + 3)
    for beside in lines_beside:
        cells = [(place, beside) if line.down else (beside, place) for place in places]
        texts = [region.text(*cell) for cell in cells if cell[0] in region.rows and cell[1] in region.columns]
        if 2 * sum(is_unit(text) for text in texts) > len(places):
            return True
    return False
