"""Mutated deliveries, a fixed one for each number, and what is wrong with what became of them, if anything is."""

import csv
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any

from sample.district.sent import SentDelivery, SentFile
from sample.files.grid import PrintedPlace
from sources.reading.encoding import decode
from sources.text.squeeze import squeeze
from tests.sources.fuzz.book import Book, head_otherwise, lay_out_book, lay_out_otherwise
from tests.sources.fuzz.changing_cells import CHANGING_CELLS, Expected
from tests.sources.fuzz.changing_forms import CHANGING_FORMS
from tests.sources.fuzz.district import sound_files
from tests.sources.fuzz.keeping import CONTAINERS, KEEPING_FORMS
from tests.sources.fuzz.periods import CHANGING_PERIODS, spell_period
from tests.sources.fuzz.spreading import SPREADING
from tests.sources.fuzz.staged import Desk, Result
from tests.sources.fuzz.texts import CHANGING_TEXT, KEEPING_TEXT, text_of, write_otherwise
from tests.sources.text_mutations import mutate

CHANGING = CHANGING_CELLS | CHANGING_FORMS | CHANGING_PERIODS | SPREADING
KEEPING = KEEPING_FORMS | {"period_spelled": spell_period}
_ONLY_XLSX = ("formula", "scaled_format", "other_kind", "percentages")
_ALSO = ("note", "file_renamed", "suffix", "container", "sheet_added", "merged_title", "blank_column")
"""What may be done to a form after any other mutation."""

_TURNS = ("keep", "change", "keep", "change", "change", "keep", "bytes")


@dataclass(frozen=True)
class Mutated:
    """A mutated delivery. kind: of its mutation; keeps: whether the values are the same; expected: the rows if not."""

    file: SentFile
    kind: str
    data: bytes
    name: str
    keeps: bool = False
    expected: Expected | None = None
    places: Sequence[PrintedPlace] = ()


def make_case(number: int) -> Mutated:
    """Make the case of a number; contracts and kinds of mutation take turns."""
    chance, sound = Random(number), sound_files()
    files = sound[sorted(sound)[number % len(sound)]]
    file = files[number // len(sound) % len(files)]
    turn = _TURNS[number // len(sound) % len(_TURNS)]
    delivery = deepcopy(file.deliveries[0])
    if turn == "bytes":
        return _mutate_bytes(file, delivery, number, chance)
    draw = _draw_text if file.kind == "text" else _draw_book
    while True:
        if case := draw(file, deepcopy(delivery), turn, chance):
            return case


def _draw_book(file: SentFile, delivery: SentDelivery, turn: str, chance: Random) -> Mutated | None:
    if turn == "keep":
        return _draw_kept_book(file, delivery, chance)
    if chance.random() < 0.5:
        delivery = lay_out_otherwise(delivery, chance)
    kind = chance.choice(sorted(CHANGING))
    book = lay_out_book(delivery, file.stem)
    expected = CHANGING[kind](book, chance)
    if expected is None:
        return None
    if kind not in _ONLY_XLSX and chance.random() < 0.3:
        book.kind, book.suffix = chance.choice([c for c in CONTAINERS if c[0] != "html" and book.fits(c[0])])
    return Mutated(
        file,
        f"{kind}*",
        book.render(),
        book.stem + book.suffix,
        expected=expected,
        places=_places(book, kind),
    )


def _draw_kept_book(file: SentFile, delivery: SentDelivery, chance: Random) -> Mutated | None:
    """Draw another way to fill the same form: of half of them several at once."""
    kind, several = chance.choice(["layout", "headings", *KEEPING]), chance.random() < 0.5
    if kind == "layout" or several:
        delivery = lay_out_otherwise(delivery, chance)
    if kind == "headings" or several:
        delivery = head_otherwise(delivery, chance)
    book = lay_out_book(delivery, file.stem)
    if kind in KEEPING and not KEEPING[kind](book, chance):
        return None
    if several:
        for other in chance.sample([also for also in _ALSO if also != kind], 2):
            KEEPING[other](book, chance)
    if kind in _ONLY_XLSX or not book.fits(book.kind):
        book.kind = "xlsx"
    return Mutated(file, kind, book.render(), book.stem + book.suffix, keeps=True)


def _places(book: Book, kind: str) -> Sequence[PrintedPlace]:
    """Give the places of records where these are still as they were laid out."""
    return book.places if kind in CHANGING_CELLS else ()


def _draw_text(file: SentFile, delivery: SentDelivery, turn: str, chance: Random) -> Mutated | None:
    name = file.stem + file.suffix
    if turn == "keep":
        kind = chance.choice(["habits", *KEEPING_TEXT])
        text = text_of(write_otherwise(delivery, chance) if kind == "habits" else delivery)
        if kind in KEEPING_TEXT and not KEEPING_TEXT[kind](text, chance):
            return None
        return Mutated(file, f"text {kind}", text.render(), name, keeps=True)
    kind = chance.choice(sorted(CHANGING_TEXT))
    text = text_of(delivery)
    expected = CHANGING_TEXT[kind](text, chance)
    return expected and Mutated(file, f"text {kind}*", text.render(), name, expected=expected)


def _mutate_bytes(file: SentFile, delivery: SentDelivery, number: int, chance: Random) -> Mutated:
    if file.kind == "text":
        return Mutated(
            file, "text bytes", mutate(text_of(delivery).render(), number), file.stem + file.suffix
        )
    book = lay_out_book(delivery, file.stem)
    containers = [("xlsx", ".xlsx"), *(container for container in CONTAINERS if book.fits(container[0]))]
    book.kind, book.suffix = chance.choice(containers)
    return Mutated(
        file,
        f"{book.kind} bytes",
        mutate(book.render(), number),
        book.stem + book.suffix,
        keeps=book.kind in ("xlsx", "ods"),
    )


class Sound:
    """A desk that knows what the sound deliveries become, each staged once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._results: dict[str, tuple[Result, list[dict[str, Any]]]] = {}

    def stage(self, case: Mutated) -> Result:
        return self._desk.stage(case.data, case.name, case.file.folder, case.file.arrival)

    def of(self, file: SentFile) -> tuple[Result, list[dict[str, Any]]]:
        """Give what a sound file becomes, and its rows in the order of its records."""
        if file.path not in self._results:
            delivery = file.deliveries[0]
            if file.kind == "text":
                result = self._desk.stage(
                    text_of(delivery).render(), file.stem + file.suffix, file.folder, file.arrival
                )
                self._results[file.path] = result, result.rows()
            else:
                book = lay_out_book(delivery, file.stem)
                result = self._desk.stage(book.render(), f"{book.stem}.xlsx", file.folder, file.arrival)
                self._results[file.path] = result, result.rows(book.places)
            assert [receipt.outcome for receipt in result.receipts] == ["accepted"], file.path
        return self._results[file.path]


def find_fault(case: Mutated, result: Result, sound: Result, rows: list[dict[str, Any]]) -> str | None:
    """Say what is wrong with what became of a mutated delivery; None where nothing is."""
    if not result.receipts:
        return "no receipt"
    if any(
        reason.rule == "delivery__unconserved" for receipt in result.receipts for reason in receipt.reasons
    ):
        return "unconserved"
    accepted = [receipt for receipt in result.receipts if receipt.outcome == "accepted"]
    if case.kind.endswith("bytes"):
        return _find_fault_in_bytes(case, result, sound) if accepted else None
    period = result.receipts[0].period
    if case.keeps:
        if not accepted:
            messages = [reason.message for receipt in result.receipts for reason in receipt.reasons]
            return f"refused: {messages[:1]} {sorted(+result.words)}"
        same = _counted(result.rows()) == _counted(sound.rows()) and period == sound.receipts[0].period
        return None if same else f"other values: {_first_difference(sound.rows(), result.rows())}"
    if result.words - sound.words or (case.kind == "period*" and period != sound.receipts[0].period):
        return None
    assert case.expected is not None
    after = result.rows(case.places)
    if not case.places:
        rows = sound.rows()
    return None if case.expected(rows, after) else f"silent: {_first_difference(rows, after)}"


def _find_fault_in_bytes(case: Mutated, result: Result, sound: Result) -> str | None:
    """Hold what is staged of changed bytes against another reading of them, where there is one."""
    if case.file.kind == "text":
        return next(_misread_lines(case, result), None)
    if case.keeps and not result.words - sound.words and _counted(result.rows()) != _counted(sound.rows()):
        return f"other values: {_first_difference(sound.rows(), result.rows())}"
    return None


def _misread_lines(case: Mutated, result: Result) -> Iterator[str]:
    text, _ = decode(case.data)
    lines = (text if "\n" in text else text.replace("\r", "\n")).removesuffix("\n").split("\n")
    (receipt,) = result.receipts
    (sheet,) = receipt.sheets
    if not sheet.read_cells == sum(sheet.classes.values()) == len(lines):
        yield f"{len(lines)} lines, {sheet.read_cells} read"
    delimiter = "|" if case.name.endswith(".dat") else ","
    columns = {
        n: ord(a) - ord("A") for n, a in sheet.columns.items() if n == "note_number" or n.endswith("_yuan")
    }
    for row in result.frame.to_dicts():
        line = lines[row["sheet_row"] - 1].rstrip("\r")
        fields = next(csv.reader([line], delimiter=delimiter)) if '"' in line else line.split(delimiter)
        for name, at in columns.items():
            written = squeeze(fields[at]).removeprefix("'").removesuffix("'")
            if row[name] is not None and not _is_same(written, row[name]):
                yield f"line {row['sheet_row']} {name}: {fields[at]!r} became {row[name]!r}"


def _is_same(written: str, value: object) -> bool:
    try:
        return written.upper() == value or (
            not isinstance(value, str) and Decimal(written.replace(",", "")) == value
        )
    except InvalidOperation:
        return False


def _counted(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(repr({n: v for n, v in row.items() if n not in ("flags", "corrected")}) for row in rows)


def _first_difference(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    one, other = _counted(before), _counted(after)
    lost, new = ([row for row in rows if row not in of] for rows, of in ((one, other), (other, one)))
    return f"{len(one)} rows, {len(other)} rows; {lost[:1]} became {new[:1]}"
