"""Mutations of text files that keep every value, and such as change one."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from sample.district.sent import LedgerLayout, PbocLayout, SentDelivery
from sample.files.texts import write_text
from schemas.field import Column
from sources.text.squeeze import squeeze
from tests.sources.fuzz.book import REFERENCES, fields_of
from tests.sources.fuzz.changing_cells import Expected, cell_becomes, never


@dataclass
class Text:
    """A delivery as lines of fields. first: the line of the first record; columns: the place of each field."""

    delivery: SentDelivery
    lines: list[list[str]]
    delimiter: str
    encoding: str
    first: int
    columns: dict[str, int]
    line_end: str = "\r\n"
    quote_all: bool = False

    @property
    def fields(self) -> dict[str, Column]:
        return {n: c for n, c in fields_of(self.delivery.table).items() if n in self.columns}

    def record(self, number: int) -> list[str]:
        return self.lines[self.first + number]

    def render(self) -> bytes:
        text = io.StringIO(newline="")
        if self.delimiter == "|":
            text.write("".join("|".join(line) + self.line_end for line in self.lines))
        else:
            dialect = "unix" if self.quote_all else "excel"  # unix quotes every field
            writer = csv.writer(text, dialect, lineterminator=self.line_end)
            writer.writerows(self.lines[:-1])
            text.write(",".join(self.lines[-1]) + self.line_end)
        return text.getvalue().encode(self.encoding, "replace")


def text_of(delivery: SentDelivery) -> Text:
    data, _ = write_text(delivery)
    layout = delivery.layout
    assert isinstance(layout, LedgerLayout | PbocLayout)
    encoding = layout.encoding if isinstance(layout, LedgerLayout) else "gb18030"
    encoding = "gb18030" if encoding == "gbk" else encoding
    delimiter = "," if isinstance(layout, LedgerLayout) else "|"
    lines = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))
    names = [h for _, h in layout.headers] if isinstance(layout, LedgerLayout) else list(layout.fields)
    known = REFERENCES.contracts[delivery.contract].field_of_header
    columns = {known[squeeze(name)]: at for at, name in enumerate(names) if squeeze(name) in known}
    return Text(delivery, lines, delimiter, encoding, int(delimiter == ","), columns)


def write_otherwise(delivery: SentDelivery, chance: Random) -> SentDelivery:
    """Draw other habits of the program that writes the ledger; the values stay."""
    layout = delivery.layout
    if not isinstance(layout, LedgerLayout):
        return delivery
    changed = replace(
        layout,
        dates=chance.choice(["iso", "compact", "dot", "han"]),
        thousands=chance.random() < 0.5,
        tab_after_numbers=chance.random() < 0.5,
    )
    return replace(delivery, layout=changed)


def recode(text: Text, chance: Random) -> bool:
    text.encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    return True


def change_line_ends(text: Text, chance: Random) -> bool:
    text.line_end = "\n"
    return True


def quote_all(text: Text, chance: Random) -> bool:
    text.quote_all = True
    return text.delimiter == ","


def pad_fields(text: Text, chance: Random) -> bool:
    for number in range(len(text.delivery.records)):
        record = text.record(number)
        at = chance.randrange(len(record))
        record[at] = f"{record[at]} " if chance.random() < 0.5 else f" {record[at]}"
    return True


def swap_text_columns(text: Text, chance: Random) -> bool:
    if text.delimiter == "|":
        return False
    one, other = chance.sample(range(len(text.lines[0])), 2)
    for line in text.lines[:-1]:
        line[one], line[other] = line[other], line[one]
    return True


KEEPING_TEXT: dict[str, Callable[[Text, Random], bool]] = {
    "encoding": recode,
    "line_ends": change_line_ends,
    "quoted": quote_all,
    "padded": pad_fields,
    "columns_swapped": swap_text_columns,
}


def _draw_number(text: Text, chance: Random) -> tuple[int, str, str] | None:
    """Draw a number: its record, its field, its text."""
    numbers = [name for name, column in text.fields.items() if column.dtype.is_numeric()]
    drawn = [
        (number, name, text.record(number)[text.columns[name]].strip())
        for number in range(len(text.delivery.records))
        for name in numbers
        if any(c in "123456789" for c in text.record(number)[text.columns[name]])
    ]
    return chance.choice(drawn) if drawn else None


def change_text_digit(text: Text, chance: Random) -> Expected | None:
    drawn = _draw_number(text, chance)
    if drawn is None:
        return None
    number, name, old = drawn
    plain = old.replace(",", "")
    at = chance.choice([n for n, c in enumerate(plain) if c.isdigit()])
    new = plain[:at] + chance.choice([c for c in "0123456789" if c != plain[at]]) + plain[at + 1 :]
    text.record(number)[text.columns[name]] = new
    return cell_becomes(number, name, lambda _, after: after is not None and after == Decimal(new))


def spoil_text_number(text: Text, chance: Random) -> Expected | None:
    drawn = _draw_number(text, chance)
    if drawn is None:
        return None
    number, name, old = drawn
    spoilt = [
        "{} 12", "{}/12", "{}、12", "约{}", "O{}", "--{}", "{}.1.2", "{},5", "{}万", "同上", "NaN", "1e400",
        "{}\t12", "{}?", "{}-12", "{}%%", "#REF!", "\x00{}", "{}\x1f1",
    ]  # fmt: skip
    text.record(number)[text.columns[name]] = chance.choice(spoilt).format(old)
    return never


def leave_out_field(text: Text, chance: Random) -> Expected | None:
    number, name = chance.randrange(len(text.delivery.records)), chance.choice(sorted(text.columns))
    record = text.record(number)
    was_blank = not record[text.columns[name]].strip()
    record[text.columns[name]] = ""
    right = cell_becomes(number, name, lambda _, after: after is None)
    return lambda before, after: right(before, after) or (was_blank and before == after)


def remove_line(text: Text, chance: Random) -> Expected | None:
    number = chance.randrange(len(text.delivery.records))
    if len(text.delivery.records) < 2:
        return None
    del text.lines[text.first + number]
    return lambda before, after: after == [r for n, r in enumerate(before) if n != number]


def repeat_line(text: Text, chance: Random) -> Expected | None:
    at = text.first + chance.randrange(len(text.delivery.records))
    text.lines.insert(at, list(text.lines[at]))
    return never


def break_line(text: Text, chance: Random) -> Expected | None:
    """Take a field out of a line, put one in, or join it with the next."""
    record = text.record(chance.randrange(len(text.delivery.records)))
    at = chance.randrange(len(record))
    match chance.randrange(3):
        case 0:
            del record[at]
        case 1:
            record.insert(at, "1")
        case _:
            record += list(record)
    return never


CHANGING_TEXT: dict[str, Callable[[Text, Random], Expected | None]] = {
    "digit": change_text_digit,
    "spoilt_number": spoil_text_number,
    "blank": leave_out_field,
    "line_removed": remove_line,
    "line_repeated": repeat_line,
    "line_broken": break_line,
}
