"""Cells read back from the archive: what a file holds at an address, if it still is the file received."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from schemas.errors import XiangcangError
from sources.county.contract import Contract, TextContract, WorkbookContract
from sources.home.folders import Home
from sources.reading.cells import CellReader, Sheet, cell_address, cell_position
from sources.reading.delimited import TextFormat, split_record, take_record
from sources.reading.encoding import read_lines


class Altered(XiangcangError):
    """An archived file that no longer has the contents that it was received with."""


@dataclass(frozen=True)
class CellPlace:
    """A cell of a file: the sheet is empty in a text file, whose lines are rows."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Stored:
    """The text that a file holds at a place. cell: where it stands, which for merged cells is their first."""

    cell: str
    text: str


class ArchivedFile:
    """An archived file whose cells are read back, a few at a time."""

    def __init__(self, path: Path, reader: CellReader, contract: Contract | None) -> None:
        self._path = path
        self._reader = reader
        self._contract = contract

    def read(self, places: Iterable[CellPlace]) -> dict[CellPlace, Stored]:
        """Read what the file holds at some places. Raises Unreadable where a workbook can no longer be read.

        A text file is read on from the line where the last call ended; from its beginning where a line before it is asked for.
        """
        if isinstance(self._contract, WorkbookContract):
            return {place: _read_from_sheet(self.sheets[place.sheet], place.cell) for place in places}
        in_order = sorted((cell_position(place.cell), place) for place in places)
        return {
            place: Stored(place.cell, self._records.read(row)[column].strip())
            for (row, column), place in in_order
        }

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """All sheets of a workbook, by name. Raises Unreadable where it can no longer be read."""
        return {sheet.name: sheet for sheet in self._reader.read(self._path.read_bytes()).sheets}

    @cached_property
    def _records(self) -> "_Records":
        if isinstance(self._contract, TextContract):
            return _Records(self._path, TextFormat(self._contract.text.delimiter, self._contract.text.quote))
        return _Records(self._path, TextFormat(",", "double"))


def open_archived(
    home: Home, digest: str, reader: CellReader, contract: Contract | None
) -> ArchivedFile | None:
    """Open the archived file of this SHA-256; None where it is not kept any more.

    contract: what the delivery was read by; None for a division list, which is no delivery. Raises Altered.
    """
    path = (home.lists if contract is None else home.archive) / digest
    if not path.exists():
        return None
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != digest:
            raise Altered(f"归档文件 {digest} 的内容与收到时不同；请从备份恢复")
    return ArchivedFile(path, reader, contract)


def _read_from_sheet(sheet: Sheet, address: str) -> Stored:
    row, column = cell_position(address)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return Stored(cell_address(row, column), sheet.text[row][column])


class _Records:
    """Records of a text file by the line that they begin in, from 0: read on from one to the next."""

    def __init__(self, path: Path, form: TextFormat) -> None:
        self._path = path
        self._form = form
        self._begin()

    def _begin(self) -> None:
        self._lines: Iterator[bytes] = read_lines(self._path)
        self._ahead: deque[bytes] = deque()
        self._row = -1
        self._fields: list[str] = []

    def read(self, row: int) -> list[str]:
        """Read the fields of the record that begins in a line; the file goes on after that line, whatever the record needed."""
        if row < self._row:
            self._begin()
        if row > self._row:
            self._skip(row - self._row - 1)
            self._row, self._fields = row, self._split(self._next_line())
        return self._fields

    def _skip(self, lines: int) -> None:
        while lines and self._ahead:
            self._ahead.popleft()
            lines -= 1
        next(islice(self._lines, lines, lines), None)

    def _next_line(self) -> bytes:
        return self._ahead.popleft() if self._ahead else next(self._lines)

    def _split(self, first: bytes) -> list[str]:
        lines = [first]

        def read_more() -> bool:
            try:
                lines.append(self._next_line())
            except StopIteration:
                return False
            return True

        record, _ = take_record(lines, 0, self._form, read_more)
        self._ahead.extendleft(reversed(lines[1:]))
        return (
            split_record(record, self._form)
            if record is not None
            else first.decode().split(self._form.delimiter)
        )
