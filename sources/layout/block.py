"""A block: the part of a sheet that holds one form, and the words printed around its body."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sources.county.contract import WorkbookContract
from sources.reading.cells import Sheet, cell_address
from sources.text.squeeze import squeeze


@dataclass(frozen=True)
class Problem:
    """Why a delivery cannot be taken as it is: rule, place and remedy, in the clerk's language."""

    rule: str
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True)
class Stated:
    """A text that the sheet states beside a label, and where."""

    text: str
    cell: str


@dataclass
class Classes:
    """How many non-empty cells of a block are of which class; ignored ones with their reason."""

    counts: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)

    def ignore(self, reason: str, cells: int) -> None:
        """Count cells that are not read, and why."""
        if cells:
            self.counts["ignored"] += cells
            self.ignored[reason] += cells


@dataclass(frozen=True)
class Block:
    """Rows and columns of a sheet, half open, that a contract's title stands over."""

    sheet: Sheet
    contract: WorkbookContract
    first_row: int
    end_row: int
    first_column: int
    end_column: int
    title_row: int | None

    @cached_property
    def origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each covered cell of a merged range that lies in the block, to the range's first cell."""
        found = {}
        for top, left, bottom, right in self.sheet.merged:
            for row in range(max(top, self.first_row), min(bottom + 1, self.end_row)):
                for column in range(max(left, self.first_column), min(right + 1, self.end_column)):
                    found[row, column] = (top, left)
        return found

    def spread(self, row: int, column: int) -> str:
        """Text of a cell, that of its merged range where it is covered; squeezed."""
        row, column = self.origin.get((row, column), (row, column))
        return squeeze(self.sheet.text[row][column])

    def filled(self, row: int) -> list[int]:
        """Columns of the non-empty cells of a row."""
        kinds = self.sheet.kinds[row]
        return [c for c in range(self.first_column, self.end_column) if kinds[c] != " "]

    def count(self, row: int) -> int:
        """How many cells of a row are not empty."""
        kinds = self.sheet.kinds[row][self.first_column : self.end_column]
        return len(kinds) - kinds.count(" ")

    def own_texts(self, row: int) -> tuple[str, ...]:
        """The texts of a row, squeezed, where a merged range counts in its first cell only."""
        return tuple(map(squeeze, self.sheet.text[row][self.first_column : self.end_column]))

    def has_figures(self, row: int) -> bool:
        """Whether a row holds numbers that are no years."""
        return has_figures(self.own_texts(row), self.sheet.kinds[row][self.first_column : self.end_column])

    def problem(self, rule: str, row: int, column: int, message: str) -> Problem:
        """A problem at a cell of this block."""
        return Problem(rule, self.sheet.name, cell_address(row, column), message)


def find_blocks(sheet: Sheet, contracts: list[WorkbookContract]) -> list[list[Block]]:
    """Where forms lie in a sheet: for each place, the block under each contract that its title fits.

    Titles one below the other or side by side part the sheet. Without a title, a contract that names
    the sheet takes all of it.
    """
    named = [c for c in contracts if squeeze(sheet.name) in _sheets(c)]
    titles = _titles(sheet, [c for c in contracts if c in named or not _sheets(c)])
    width, height = len(sheet.text[0]) if sheet.text else 0, len(sheet.text)
    if not titles:
        return [[Block(sheet, c, 0, height, 0, width, None) for c in named]] if named else []
    blocks = []
    for left, right in pairwise([*_left_edges(sheet, titles), width]):
        here = {row: fitting for (row, column), fitting in titles.items() if left <= column < right}
        for number, (row, end) in enumerate(pairwise([*sorted(here), height])):
            first = row if number else 0
            blocks.append([Block(sheet, c, first, end, left, right, row) for c in here[row]])
    return blocks


def _sheets(contract: WorkbookContract) -> list[str]:
    return [squeeze(name) for name in contract.workbook.sheet]


def _left_edges(sheet: Sheet, titles: Iterable[tuple[int, int]]) -> list[int]:
    """The first columns of the parts that lie side by side: a title begins one after an empty column, or
    where another title stands before it in its row.
    """
    bands = _bands(sheet)
    edges = {
        column
        if any(r == row and c in range(bands[column].start, column) for r, c in titles)
        else bands[column].start
        for row, column in titles
    }
    return [0, *sorted(edges)[1:]]


def _bands(sheet: Sheet) -> dict[int, range]:
    """Each column that is not empty, with those around it up to the next empty ones."""
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


def _titles(sheet: Sheet, contracts: list[WorkbookContract]) -> dict[tuple[int, int], list[WorkbookContract]]:
    """Where a contract's title stands: in few cells, beside no heading of its own and before no numbers."""
    known = [(squeeze(title), contract) for contract in contracts for title in contract.title]
    found: dict[tuple[int, int], list[WorkbookContract]] = {}
    bands = _bands(sheet)
    for row, kinds in enumerate(sheet.kinds):
        if len(kinds) - kinds.count(" ") > 6:
            continue
        texts = list(map(squeeze, sheet.text[row]))
        for column, said in enumerate(texts):
            if kinds[column] != "t":
                continue
            band = bands[column]
            if has_figures(texts[column : band.stop], kinds[column : band.stop]):
                continue
            beside = {*texts[band.start : band.stop]} - {said, ""}
            fitting = [
                (len(title), contract)
                for title, contract in known
                if _is_title(said, title) and contract.field_of_header.keys().isdisjoint(beside)
            ]
            longest = max((length for length, _ in fitting), default=0)
            if fitting:
                found[row, column] = [c for length, c in fitting if length == longest]
    return found


def has_figures(texts: Sequence[str], kinds: str) -> bool:
    """Whether some of a row's squeezed texts are numbers that are no years."""
    return "n" in kinds and any(
        kind == "n" and not _YEAR.fullmatch(text) for text, kind in zip(texts, kinds, strict=True)
    )


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_title(said: str, title: str) -> bool:
    around = said.replace(title, "", 1)
    return title in said and len(around) <= 30 and ":" not in around and not said.startswith(("注", "说明"))


def stated(block: Block, rows: range, labels: list[str]) -> Stated | None:
    """What the sheet says beside one of these labels (`填报单位：高山镇`): in its cell, or the next filled."""
    if not labels:
        return None
    spaced = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\u4e00-\u9fff])(?:{spaced})\s*(?:[（(][^）)]*[）)])?\s*(?:[：:]|$)")
    for row in rows:
        filled = block.filled(row)
        for column in filled:
            text = block.sheet.text[row][column].strip()
            found = pattern.search(text)
            if not found:
                continue
            said = _NEXT_LABEL.split(text[found.end() :])[0].strip()
            if said:
                return Stated(said, cell_address(row, column))
            for beside in filled:
                if beside > column and not _NEXT_LABEL.match(block.sheet.text[row][beside].strip()):
                    return Stated(block.sheet.text[row][beside].strip(), cell_address(row, beside))
            return None
    return None


_NEXT_LABEL = re.compile(r"(?:^|(?<=\s)|(?<=[）)]))[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,8}\s*[：:]")
