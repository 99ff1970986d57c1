"""Mutations of workbooks that keep every value: what people do with forms, and what programs do with files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import polars as pl

from sample.files.grid import PrintedGrid, date_text
from tests.sources.fuzz.book import Book, Shown, lay_out_book

Keep = Callable[[Book, Random], bool]
"""Changes a book, and says whether there was something to change."""


def shift_rows(grid: PrintedGrid, first: int, by: int) -> None:
    """Move the rows from this one on."""
    grid.cells = {(r + by * (r >= first), c): value for (r, c), value in grid.cells.items()}
    grid.merged = [(t + by * (t >= first), a, b + by * (b >= first), z) for t, a, b, z in grid.merged]


def shift_columns(grid: PrintedGrid, first: int) -> None:
    """Move the columns from this one on to the right."""
    grid.cells = {(r, c + (c >= first)): value for (r, c), value in grid.cells.items()}
    grid.merged = [(t, a + (a >= first), b, z + (z >= first)) for t, a, b, z in grid.merged]


def insert_blank_row(book: Book, chance: Random) -> bool:
    grid = chance.choice(book.grids)
    at = chance.randint(0, max(row for row, _ in grid.cells) + 1)
    in_header = book.header_top < at < book.body_top
    if in_header or any(top < at <= bottom for top, _, bottom, _ in grid.merged):
        return False
    shift_rows(grid, at, 1)
    return True


def insert_blank_column(book: Book, chance: Random) -> bool:
    for grid in book.grids:
        shift_columns(grid, 0)
    return True


def insert_blank_column_between(book: Book, chance: Random) -> bool:
    if book.layout is None:
        return False
    shift_columns(book.grids[0], chance.randrange(1, len(book.layout.columns)))
    return True


def swap_columns(book: Book, chance: Random) -> bool:
    """Swap two columns of a header of one row, but for the first, which has the labels of totals.

    The row that numbers the columns stays: one that does not count up is no such row.
    """
    if book.layout is None or max(len(column.header) for column in book.layout.columns) > 1:
        return False
    grid, width = book.grids[0], len(book.layout.columns)
    if width < 3:
        return False
    one, other = chance.sample(range(1, width), 2)
    bottom = book.places[-1].row + (book.layout.totals == "bottom")
    for row in {*range(book.header_top, bottom)} - {book.body_top - 1}:
        cells = grid.cells.pop((row, one), ""), grid.cells.pop((row, other), "")
        grid.put(row, other, cells[0])
        grid.put(row, one, cells[1])
    return True


def spell_numbers_otherwise(book: Book, chance: Random) -> bool:
    """Write numbers as text with commas, in full width, or with blanks around."""
    changed = False
    spellings: list[Callable[[str], str]] = [
        lambda plain: f"{Decimal(plain):,}",
        lambda plain: plain.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，")),
        lambda plain: f" {plain}　",
        lambda plain: f"{plain}\u200b",
        lambda plain: f"+{plain}",
        lambda plain: plain if "." in plain else f"{plain}.0",
    ]
    numbers = [name for name, column in book.fields.items() if column.dtype.is_numeric()]
    for _, spot in book.spots(numbers):
        if isinstance(spot.value, int | float) and chance.random() < 0.5:
            spot.write(chance.choice(spellings)(f"{Decimal(str(spot.value)).normalize():f}"))
            changed = True
    return changed


def spell_dates_otherwise(book: Book, chance: Random) -> bool:
    changed = False
    for number, record in enumerate(book.delivery.records):
        for name in book.fields:
            day = record.get(name)
            if isinstance(day, date):
                spellings = [date_text(day, habit) for habit in ("dot", "han", "compact", "iso", "excel")]
                spellings += [f"{day:%Y/%m/%d}", f"{day:%Y-%m-%d} 00:00:00", f"{day:%Y年%m月%d日}"]
                book.spot(number, name).write(chance.choice(spellings))
                changed = True
    return changed


def pad_texts(book: Book, chance: Random) -> bool:
    """Put blanks and invisible characters around texts, as pasting does."""
    changed = False
    texts = [name for name, column in book.fields.items() if not column.dtype.is_numeric()]
    for _, spot in book.spots(texts):
        if isinstance(spot.value, str) and chance.random() < 0.5:
            spot.write(
                chance.choice([" {}", "{}　", "{}\n", "\ufeff{}", "{}\u200b", "\xa0{}"]).format(spot.value)
            )
            changed = True
    return changed


def spell_identifiers_otherwise(book: Book, chance: Random) -> bool:
    """Write numbers of notes, certificates and firms in lower case, in full width, or with blanks inside."""
    changed = False
    names = [
        n for n, c in book.fields.items() if c.key and c.dtype == pl.String and not c.place and not c.allowed
    ]
    full_width = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for _, spot in book.spots(names):
        text = spot.value
        if isinstance(text, str) and text.isascii() and text.isalnum():
            spot.write(
                chance.choice(
                    [text.lower(), text.translate(full_width), f"{text[:4]} {text[4:]}", f"{text}　"]
                )
            )
            changed = True
    return changed


def show_percentages(book: Book, chance: Random) -> bool:
    """Write percentages as hundredths that a format shows as such."""
    changed = False
    for _, spot in book.spots([name for name, column in book.fields.items() if column.unit == "%"]):
        if isinstance(spot.value, int | float):
            spot.write(Shown(float(Decimal(str(spot.value)) / 100), "0.00####%"))
            changed = True
    return changed


def reverse_records(book: Book, chance: Random) -> bool:
    again = lay_out_book(replace(book.delivery, records=book.delivery.records[::-1]), book.stem)
    book.grids, book.places = again.grids, again.places
    return True


def hide_rows(book: Book, chance: Random) -> bool:
    place = chance.choice(book.places)
    book.hidden.setdefault(place.sheet, set()).add(
        book.spot(book.places.index(place), next(iter(place.cells))).row
    )
    return True


def merge_title(book: Book, chance: Random) -> bool:
    """Take the merging from the title, or merge it over more columns."""
    for grid in book.grids:
        title = [merged for merged in grid.merged if merged[0] == 0]
        grid.merged = [merged for merged in grid.merged if merged[0] != 0]
        if chance.random() < 0.5:
            grid.merged += [(top, left, bottom, right + 2) for top, left, bottom, right in title]
    return True


def write_remarks(book: Book, chance: Random) -> bool:
    """Write words of totals, notes and footers into the column of remarks."""
    words = (
        "合计",
        "其中：新增",
        "上年同期",
        "注：已核实",
        "填表人：无",
        "小计",
        "无",
        "说明",
        "2021年数据",
        "单位：万元",
        "同上",
    )
    remarks = [spot for number in range(len(book.places)) if (spot := book.remark(number))]
    for spot in remarks:
        spot.write(chance.choice(words))
    return bool(remarks)


def add_note(book: Book, chance: Random) -> bool:
    notes = (
        "注：以上为快报数。",
        "说明：本表由各单位填报",
        "填表说明：金额保留两位小数",
        "审核人：",
        "（盖章）",
        "附注：2021年数据已核实",
    )
    for grid in book.grids:
        left = min(column for _, column in grid.cells)
        grid.put(max(row for row, _ in grid.cells) + chance.randint(1, 3), left, chance.choice(notes))
    return True


def add_sheet(book: Book, chance: Random) -> bool:
    other = PrintedGrid(chance.choice(["Sheet9", "说明", "目录"]))
    other.put(0, 0, chance.choice(["填报说明", "一、请按时报送", "1"]))
    book.grids.insert(chance.choice([0, len(book.grids)]), other)
    return True


def rename_sheet(book: Book, chance: Random) -> bool:
    if book.layout is None:
        return False
    book.grids[0].name = chance.choice(["Sheet1 (2)", "表", "汇总", "报表（定稿）"])
    book.places = []
    return True


def rename_file(book: Book, chance: Random) -> bool:
    book.stem = chance.choice(["{}（定稿）", "副本 {}", "{}(1)", "{} - 副本", "{}最终版", "复件 {}"]).format(
        book.stem
    )
    return True


def change_suffix(book: Book, chance: Random) -> bool:
    book.suffix = chance.choice([".xls", ".et", ".XLSX", ".csv", ".txt", ""])
    return True


CONTAINERS = (("xls", ".xls"), ("xls", ".et"), ("html", ".xls"), ("ods", ".ods"), ("xml2003", ".xml"))


def change_container(book: Book, chance: Random) -> bool:
    book.kind, book.suffix = chance.choice(CONTAINERS)
    return book.fits(book.kind)


KEEPING_FORMS: dict[str, Keep] = {
    "blank_row": insert_blank_row,
    "blank_column": insert_blank_column,
    "blank_column_between": insert_blank_column_between,
    "swapped_columns": swap_columns,
    "numbers": spell_numbers_otherwise,
    "dates": spell_dates_otherwise,
    "padded_texts": pad_texts,
    "identifiers": spell_identifiers_otherwise,
    "percentages": show_percentages,
    "reversed": reverse_records,
    "hidden_row": hide_rows,
    "merged_title": merge_title,
    "remarks": write_remarks,
    "note": add_note,
    "sheet_added": add_sheet,
    "sheet_renamed": rename_sheet,
    "file_renamed": rename_file,
    "suffix": change_suffix,
    "container": change_container,
}
