"""Mutations of workbooks that change a cell, and what the rows must be if nobody says a word about it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from sample.district.sent import ErrorCell
from sample.files.grid import CellValue
from tests.sources.fuzz.book import Book, Formula, Shown, Spot

Rows = list[dict[str, Any]]
"""Staged values of the records, in the order in which the sound delivery has them."""

Expected = Callable[[Rows, Rows], bool]
"""Whether staged rows are right, by those of the sound delivery."""

Change = Callable[[Book, Random], Expected | None]
"""Changes a book; None where there was nothing to change."""


_DAYS = 2_958_466
"""Beyond which a number is no day of a workbook."""


def never(_before: Rows, _after: Rows) -> bool:
    """Whatever the rows are, a message must be given."""
    return False


def differs(before: Rows, after: Rows) -> bool:
    return before != after


def cell_becomes(number: int, name: str, is_right: Callable[[Any, Any], bool]) -> Expected:
    """Expect one value to be another, and all else the same."""

    def expected(before: Rows, after: Rows) -> bool:
        if len(before) != len(after):
            return False
        rows = [dict(row) for row in after]
        value = rows[number][name]
        rows[number][name] = before[number][name]
        return rows == before and is_right(before[number][name], value)

    return expected


def _draw_number(book: Book, chance: Random) -> tuple[str, Spot] | None:
    numbers = [name for name, column in book.fields.items() if column.dtype.is_numeric()]
    spots = [
        (name, spot)
        for name, spot in book.spots(numbers)
        if isinstance(spot.value, int | float) and not isinstance(spot.value, bool) and spot.value
    ]
    return chance.choice(spots) if spots else None


def _scale(book: Book, name: str) -> int:
    layout, unit = book.layout, book.fields[name].unit
    return 10_000 if layout is not None and layout.money_unit == "万元" and unit == "元" else 1


def change_digit(book: Book, chance: Random) -> Expected | None:
    drawn = _draw_number(book, chance)
    if drawn is None:
        return None
    name, spot = drawn
    plain = f"{Decimal(str(spot.value)).normalize():f}"
    at = chance.choice([n for n, c in enumerate(plain) if c.isdigit()])
    digit = chance.choice([c for c in "0123456789" if c != plain[at]])
    changed = Decimal(plain[:at] + digit + plain[at + 1 :])
    spot.write(float(changed) if "." in plain else int(changed))
    by = (changed - Decimal(plain)) * _scale(book, name)
    return cell_becomes(spot.record, name, lambda before, after: after is not None and after == before + by)


def change_sign(book: Book, chance: Random) -> Expected | None:
    drawn = _draw_number(book, chance)
    if drawn is None:
        return None
    name, spot = drawn
    spot.write(
        chance.choice(
            [f"-{spot.value}", f"－{spot.value}", f"({spot.value})", f"（{spot.value}）", f"−{spot.value}"]
        )
    )
    return cell_becomes(spot.record, name, lambda before, after: after is not None and after == -before)


def spoil_number(book: Book, chance: Random) -> Expected | None:
    """Write what is no number, or more than one."""
    drawn = _draw_number(book, chance)
    if drawn is None:
        return None
    _, spot = drawn
    other = chance.randint(10, 99)
    spoilt = [
        "{}\n{o}", "{} {o}", "{}\t{o}", "{}<br>{o}", "{}/{o}", "{}、{o}", "{}；{o}", "约{}", "{}左右", "{}多", "{}+",
        "{}余", "{}以上", "≥{}", "{}~{o}", "{}-{o}", "{}±1", "{}.{o}.1", "{},{o}", "--{}", "{}?", "同上", "〃", "″", "#REF!",
        "见附件", "{}%%", "{}e", "O{}", "{}o", "l{}", "{}（{o}）", "{}其中{o}", "{}*", "……", "{}元{o}角", "NaN", "1e400", "{}=",
        "{}→{o}", "同左", "略", "{}\u2028{o}", "约{}万", "{o}改{}", "{}×{o}", "({}", "{})", "十二", "①", "{}①", "壹佰", "{}‰",
        "{}..{o}", "{}:{o}", "{}'", "{}。{o}", "{} .{o}", "{}%%%%", "￥{}x",
        "/{}", "{}/", "无{}", "{}无", "-{}-",
    ]  # fmt: skip
    spot.write(chance.choice(spoilt).format(spot.value, o=other))
    return never


def write_own_unit(book: Book, chance: Random) -> Expected | None:
    """Write another unit than the column's beside a number."""
    drawn = _draw_number(book, chance)
    if drawn is None or book.fields[drawn[0]].unit is None:
        return None
    name, spot = drawn
    unit = str(book.fields[name].unit)
    others = {"%": ["‰"], "元": ["百元", "亿元", "美元"], "亩": ["公顷", "万亩"]}.get(
        unit, [f"万{unit}", "元", "吨", "x"]
    )
    spot.write(f"{spot.value}{chance.choice(others)}")
    return never


def spoil_zero(book: Book, chance: Random) -> Expected | None:
    numbers = [name for name, column in book.fields.items() if column.dtype.is_numeric()]
    spots = [spot for _, spot in book.spots(numbers) if "0" in str(spot.value)]
    if not spots:
        return None
    spot = chance.choice(spots)
    spot.write(str(spot.value).replace("0", chance.choice("OoО〇Ｏ"), 1))
    return never


def leave_out_value(book: Book, chance: Random) -> Expected | None:
    names = sorted(book.fields)
    spots = [(name, spot) for name, spot in book.spots(names) if spot.value is not None]
    name, spot = chance.choice(spots)
    spot.write("")
    right = cell_becomes(spot.record, name, lambda _, after: after is None)
    return lambda before, after: (
        right(before, after) or (before[spot.record][name] is None and before == after)
    )


def put_formula(book: Book, chance: Random) -> Expected | None:
    drawn = _draw_number(book, chance)
    if drawn is None or book.kind != "xlsx":
        return None
    drawn[1].write(Formula(chance.choice(["=1+1", "=SUM(A1:A3)", "=B9*2"])))
    return never


def put_date_text(book: Book, chance: Random) -> Expected | None:
    days = [
        book.spot(number, name)
        for number, record in enumerate(book.delivery.records)
        for name in book.fields
        if isinstance(record.get(name), date)
    ]
    if not days:
        return None
    spoilt = (
        "2022.2.30", "2022-13-01", "20221301", "2022年", "6月", "2022.6", "2021.1.1-2022.1.1", "2021年1月1日、2日", "昨天",
        "2022/0/1", "1/2/22", "2022-06-31", "22.6.1/7.1", "202O-06-01", "2022.6.1\n2022.7.1", "同上", "2022 06", "2021-02-29",
        "2022.6.1起", "约2022年6月1日", "二〇二二年", "2022.06.011", "12022.6.1", "2022.6", "22.6.1", "6.1", "2022-6-1-2",
    )  # fmt: skip
    chance.choice(days).write(chance.choice(spoilt))
    return never


def put_strange_word(book: Book, chance: Random) -> Expected | None:
    """Write a word that none of the field's is into a field of few words, a yes or no, or a place."""
    names = [
        name
        for name, c in book.fields.items()
        if (c.allowed or c.place or str(c.dtype.base_type()) == "Boolean")
        and "*" not in book.contract.values.get(name, ())
    ]
    spots = [spot for _, spot in book.spots(names) if spot.value is not None]
    if not spots:
        return None
    chance.choice(spots).write(
        chance.choice(["甲乙丙", "是/否", "半个", "是否", "同上", "〃", "某某村", "？", "一二", "其它的"])
    )
    return never


def swap_cells(book: Book, chance: Random) -> Expected | None:
    """Swap two values of a column."""
    name = chance.choice(sorted(book.fields))
    if len(book.places) < 2:
        return None
    one, other = (book.spot(n, name) for n in chance.sample(range(len(book.places)), 2))
    if one.grid is not other.grid:
        return None
    cells = one.value, other.value
    one.write("" if cells[1] is None else cells[1])
    other.write("" if cells[0] is None else cells[0])

    def expected(before: Rows, after: Rows) -> bool:
        rows = [dict(row) for row in before]
        rows[one.record][name], rows[other.record][name] = rows[other.record][name], rows[one.record][name]
        return after == rows

    return expected


def show_scaled(book: Book, chance: Random) -> Expected | None:
    """Show a number by a format that scales it, or as a day or a percentage."""
    drawn = _draw_number(book, chance)
    if drawn is None:
        return None
    name, spot = drawn
    if book.fields[name].unit == "%" or not isinstance(spot.value, int | float):
        return None
    formats = ["0.0,", "0!.0,", "0.00,,", "0.0,万"]
    if spot.value < _DAYS:
        formats.append("yyyy-mm-dd")
    spot.write(Shown(spot.value, chance.choice(formats)))
    return never


def put_other_kind(book: Book, chance: Random) -> Expected | None:
    """Write a truth value or an error where a number is, or a number or a day where an identifier is."""
    if chance.random() < 0.5:
        drawn = _draw_number(book, chance)
        if drawn is None:
            return None
        odd: list[CellValue] = [True, ErrorCell("#DIV/0!")]
        drawn[1].write(chance.choice(odd))
        return never
    names = [
        n for n, c in book.fields.items() if c.key and c.dtype == pl.String and not c.place and not c.allowed
    ]
    spots = [spot for _, spot in book.spots(names) if isinstance(spot.value, str)]
    if not spots:
        return None
    other_kinds: list[CellValue] = [20220601, 1.5e17, date(2022, 6, 1), True]
    chance.choice(spots).write(chance.choice(other_kinds))
    return never


def merge_down(book: Book, chance: Random) -> Expected | None:
    """Merge a number over the row below it."""
    numbers = [name for name, column in book.fields.items() if column.dtype.is_numeric()]
    if book.layout is None or len(book.places) < 2 or not numbers:
        return None
    name, number = chance.choice(numbers), chance.randrange(len(book.places) - 1)
    one, other = book.spot(number, name), book.spot(number + 1, name)
    if other.row != one.row + 1 or not isinstance(one.value, int | float):
        return None
    other.write("")
    one.grid.merged.append((one.row, one.column, other.row, one.column))
    return never


CHANGING_CELLS: dict[str, Change] = {
    "digit": change_digit,
    "sign": change_sign,
    "spoilt_number": spoil_number,
    "own_unit": write_own_unit,
    "O_for_0": spoil_zero,
    "blank": leave_out_value,
    "formula": put_formula,
    "spoilt_date": put_date_text,
    "strange_word": put_strange_word,
    "cells_swapped": swap_cells,
    "scaled_format": show_scaled,
    "other_kind": put_other_kind,
    "merged_numbers": merge_down,
}
