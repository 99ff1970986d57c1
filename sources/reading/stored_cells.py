"""Cells read back from the archive: what a file holds at an address, if it still is the file received."""

import csv
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from schemas.errors import XiangcangError
from sources.county.contract import Contract, WorkbookContract
from sources.county.places import DIVISION_LIST
from sources.home.folders import Home
from sources.reading.cells import CellReader, Sheet, cell_address, cell_position
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
    return _read_from_text(path, places, contract.text.delimiter if contract else ",")


def _read_from_sheet(sheet: Sheet, address: str) -> Stored:
    row, column = cell_position(address)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return Stored(cell_address(row, column), sheet.text[row][column])


def _read_from_text(path: Path, places: Iterable[CellPlace], delimiter: str) -> dict[CellPlace, Stored]:
    places_of_row: dict[int, list[CellPlace]] = {}
    for place in places:
        places_of_row.setdefault(cell_position(place.cell)[0], []).append(place)
    stored = {}
    for row, line in _read_lines(path, places_of_row).items():
        fields = next(csv.reader([line], delimiter=delimiter))
        for place in places_of_row[row]:
            stored[place] = Stored(place.cell, fields[cell_position(place.cell)[1]].strip())
    return stored


def _read_lines(path: Path, rows: Collection[int]) -> dict[int, str]:
    """Read some lines of a text file, by their number from 0."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "utf-8.txt"
        transcode(path, target)
        with target.open(encoding="utf-8", newline="") as lines:
            return {row: line.rstrip("\r\n") for row, line in enumerate(lines) if row in rows}
