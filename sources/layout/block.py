"""Blocks: the parts of a sheet that hold one form each, and the texts printed around their bodies."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sources.county.contract import WorkbookContract
from sources.reading.cells import Sheet, cell_address
from sources.text.squeeze import squeeze


@dataclass(frozen=True)
class Problem:
    """A reason why a delivery cannot be accepted: rule, sheet, cell, and the remedy in Chinese."""

    rule: str
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True)
class StatedText:
    """A text that the sheet states beside a label, and its cell."""

    text: str
    cell: str


@dataclass
class CellClasses:
    """Counts of the non-empty cells of a block by class; of ignored cells also by reason."""

    counts: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)

    def ignore(self, reason: str, cells: int) -> None:
        """Count cells that are not read under the reason why."""
        if cells:
            self.counts["ignored"] += cells
            self.ignored[reason] += cells


@dataclass(frozen=True)
class Block:
    """The rows and columns (half open) of a sheet that lie under a contract's title. period: where it is known."""

    sheet: Sheet
    contract: WorkbookContract
    first_row: int
    end_row: int
    first_column: int
    end_column: int
    title_row: int | None
    period: str = ""

    @cached_property
    def origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        """First cell of the merged range by each cell of the block that the range covers."""
        origins = {}
        for top, left, bottom, right in self.sheet.merged:
            for row in range(max(top, self.first_row), min(bottom + 1, self.end_row)):
                for column in range(max(left, self.first_column), min(right + 1, self.end_column)):
                    origins[row, column] = (top, left)
        return origins

    def text_at(self, row: int, column: int) -> str:
        """Return the squeezed text of a cell; of its merged range where one covers it."""
        row, column = self.origin.get((row, column), (row, column))
        return squeeze(self.sheet.text[row][column])

    def filled_columns(self, row: int) -> list[int]:
        """List the columns of the non-empty cells of a row."""
        kinds = self.sheet.kinds[row]
        return [c for c in range(self.first_column, self.end_column) if kinds[c] != " "]

    def count_filled(self, row: int) -> int:
        """Count the non-empty cells of a row."""
        kinds = self.sheet.kinds[row][self.first_column : self.end_column]
        return len(kinds) - kinds.count(" ")

    def own_texts(self, row: int) -> tuple[str, ...]:
        """Return the squeezed texts of a row; a merged range counts in its first cell only."""
        return tuple(map(squeeze, self.sheet.text[row][self.first_column : self.end_column]))

    def has_figures(self, row: int) -> bool:
        """Tell whether a row holds numbers other than years."""
        return has_figures(self.own_texts(row), self.sheet.kinds[row][self.first_column : self.end_column])

    def spans(self, row: int, column: int, columns: set[int]) -> bool:
        """Tell whether a text is merged across most of some columns: a heading or a note, never a record."""
        under = [c for c in columns if self.origin.get((row, c)) == (row, column)]
        return self.sheet.kinds[row][column] == "t" and 0 < len(columns) <= 2 * len(under)

    def problem(self, rule: str, row: int, column: int, message: str) -> Problem:
        """Return a problem at a cell of this block."""
        return Problem(rule, self.sheet.name, cell_address(row, column), message)


def find_blocks(sheet: Sheet, contracts: list[WorkbookContract]) -> list[list[Block]]:
    """Find the forms in a sheet: for each place, one block per contract that its title fits.

    Titles one below the other or side by side split the sheet. Without a title, a contract that names
    the sheet takes all of it.
    """
    named = [c for c in contracts if squeeze(sheet.name) in _sheet_names(c)]
    titles = _find_titles(sheet, [c for c in contracts if c in named or not _sheet_names(c)])
    width, height = len(sheet.text[0]) if sheet.text else 0, len(sheet.text)
    if not titles:
        return [[Block(sheet, c, 0, height, 0, width, None) for c in named]] if named else []
    blocks = []
    for left, right in pairwise([*_find_left_edges(sheet, titles), width]):
        here = {row: fitting for (row, column), fitting in titles.items() if left <= column < right}
        for number, (row, end) in enumerate(pairwise([*sorted(here), height])):
            first = row if number else 0
            blocks.append([Block(sheet, c, first, end, left, right, row) for c in here[row]])
    return blocks


def _sheet_names(contract: WorkbookContract) -> list[str]:
    return [squeeze(name) for name in contract.workbook.sheet]


def _find_left_edges(sheet: Sheet, titles: Iterable[tuple[int, int]]) -> list[int]:
    """Return the first columns of the parts that lie side by side.

    A title begins a part after an empty column, or where another title stands before it in its row.
    """
    bands = _find_bands(sheet)
    edges = {
        column
        if any(r == row and c in range(bands[column].start, column) for r, c in titles)
        else bands[column].start
        for row, column in titles
    }
    return [0, *sorted(edges)[1:]]


def _find_bands(sheet: Sheet) -> dict[int, range]:
    """Map each column that is not empty to the range of columns between the empty ones around it."""
    width = len(sheet.text[0]) if sheet.text else 0
    empty = set(range(width))
    for kinds in sheet.kinds:
        empty -= {column for column in empty if kinds[column] != " "}
        if not empty:
            break
    edges = [-1, *sorted(empty), width]
    return {
        column: range(left + 1, right) for left, right in pairwise(edges) for column in range(left + 1, right)
    }


def _find_titles(
    sheet: Sheet, contracts: list[WorkbookContract]
) -> dict[tuple[int, int], list[WorkbookContract]]:
    """Find the contracts by the cell (row, column) of their title.

    A title stands in a row of at most 6 cells, beside no heading of its contract and before no numbers.
    """
    known_titles = [(squeeze(title), contract) for contract in contracts for title in contract.title]
    titles: dict[tuple[int, int], list[WorkbookContract]] = {}
    bands = _find_bands(sheet)
    for row, kinds in enumerate(sheet.kinds):
        if len(kinds) - kinds.count(" ") > 6:
            continue
        texts = list(map(squeeze, sheet.text[row]))
        for column, text in enumerate(texts):
            if kinds[column] != "t":
                continue
            band = bands[column]
            if has_figures(texts[column : band.stop], kinds[column : band.stop]):
                continue
            beside = {*texts[band.start : band.stop]} - {text, ""}
            fitting = [
                (len(title), contract)
                for title, contract in known_titles
                if _is_title(text, title) and contract.field_of_header.keys().isdisjoint(beside)
            ]
            longest = max((length for length, _ in fitting), default=0)
            if fitting:
                titles[row, column] = [c for length, c in fitting if length == longest]
    return titles


def has_figures(texts: Sequence[str], kinds: str) -> bool:
    """Tell whether some of a row's squeezed texts are numbers other than years."""
    return "n" in kinds and any(
        kind == "n" and not _YEAR.fullmatch(text) for text, kind in zip(texts, kinds, strict=True)
    )


_YEAR = re.compile(r"(?:19|20)\d\d")


_UNIT_BESIDE = re.compile(r"\((?:计量)?单位:[^)]*\)")


def _is_title(text: str, title: str) -> bool:
    if title not in text:
        return False
    around = _UNIT_BESIDE.sub("", text.replace(title, "", 1))
    return len(around) <= 30 and ":" not in around and not text.startswith(("注", "说明"))


def find_stated(block: Block, rows: range, labels: list[str]) -> StatedText | None:
    """Find the text stated beside one of some labels (`填报单位：高山镇`): in its cell, or the next filled one."""
    return next(find_every_stated(block, rows, labels), None)


def find_every_stated(block: Block, rows: range, labels: list[str]) -> Iterator[StatedText]:
    """Yield the texts stated beside any of some labels, see find_stated, up to a label without a text."""
    if not labels:
        return
    spaced = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\u4e00-\u9fff])(?:{spaced})\s*(?:[（(][^）)]*[）)])?\s*(?:[：:]|$)")
    for row in rows:
        filled = block.filled_columns(row)
        for column in filled:
            text = block.sheet.text[row][column].strip()
            match = pattern.search(text)
            if not match:
                continue
            stated = _NEXT_LABEL.split(text[match.end() :])[0].strip()
            at = column
            if not stated:
                texts = {c: block.sheet.text[row][c].strip() for c in filled if c > column}
                at = next((c for c, text in texts.items() if not _NEXT_LABEL.match(text)), column)
                stated = texts.get(at, "")
            if not stated:
                return
            yield StatedText(stated, cell_address(row, at))


_NEXT_LABEL = re.compile(r"(?:^|(?<=\s)|(?<=[）)]))[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,8}\s*[：:]")
