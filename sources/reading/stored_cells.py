"""Cells read back from the archive: what a file holds at an address, if it still is the file received."""

import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from schemas.errors import XiangcangError
from sources.county.contract import Contract, WorkbookContract
from sources.county.places import DIVISION_LIST
from sources.home.folders import Home
from sources.reading.cells import CellReader, Sheet, cell_address, cell_position
from sources.reading.delimited import TextFormat, split_record, take_record
from sources.reading.encoding import transcode


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


def read_back(
    home: Home, digest: str, places: Iterable[CellPlace], reader: CellReader, contract: Contract | None
) -> dict[CellPlace, Stored] | None:
    """Read what the archived file of this SHA-256 holds at some places; None where it is not kept any more.

    contract: what the delivery was read by; None for the division list, which is no delivery.
    Raises Altered, or Unreadable where a workbook can no longer be read.
    """
    path = home.archive / digest if contract is not None else DIVISION_LIST
    if not path.exists():
        return None
    data = path.read_bytes()
    if sha256(data).hexdigest() != digest:
        if contract is None:  # the list has been replaced since that version was published
            return None
        raise Altered(f"归档文件 {digest} 的内容与收到时不同；请从备份恢复")
    if isinstance(contract, WorkbookContract):
        sheets = {sheet.name: sheet for sheet in reader.read(data).sheets}
        return {place: _read_from_sheet(sheets[place.sheet], place.cell) for place in places}
    form = TextFormat(contract.text.delimiter, contract.text.quote) if contract else TextFormat(",", "double")
    return _read_from_text(path, places, form)


def _read_from_sheet(sheet: Sheet, address: str) -> Stored:
    row, column = cell_position(address)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return Stored(cell_address(row, column), sheet.text[row][column])


def _read_from_text(path: Path, places: Iterable[CellPlace], form: TextFormat) -> dict[CellPlace, Stored]:
    places_of_row: dict[int, list[CellPlace]] = {}
    for place in places:
        places_of_row.setdefault(cell_position(place.cell)[0], []).append(place)
    stored = {}
    for row, fields in _read_records(path, places_of_row, form):
        for place in places_of_row[row]:
            stored[place] = Stored(place.cell, fields[cell_position(place.cell)[1]].strip())
    return stored


def _read_records(path: Path, rows: Collection[int], form: TextFormat) -> Iterator[tuple[int, list[str]]]:
    """Read the records that begin in some lines of a text file, by their number from 0."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "utf-8.txt"
        transcode(path, target)
        with target.open("rb") as lines:
            for row, line in enumerate(lines):
                if row in rows:
                    yield row, _read_record(line, lines, form)


def _read_record(first: bytes, more: BinaryIO, form: TextFormat) -> list[str]:
    """Read the record that begins in a line; the file goes on after that line, whatever the record needed."""
    lines, end = [first.removesuffix(b"\n")], more.tell()

    def read_more() -> bool:
        lines.append(more.readline().removesuffix(b"\n"))
        return bool(lines[-1])

    record, _ = take_record(lines, 0, form, read_more)
    more.seek(end)
    return split_record(record, form) if record is not None else lines[0].decode().split(form.delimiter)
