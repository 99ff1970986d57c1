"""Ways to write a period, and texts that stand for none or another; and units that disagree."""

from dataclasses import replace
from random import Random

from sample.files.grid import CellValue
from tests.sources.fuzz.book import Book, lay_out_book
from tests.sources.fuzz.changing_cells import Change, Expected, never

_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_QUARTERS = "一二三四"


def _restate(book: Book, stated: str, stem: str) -> None:
    again = lay_out_book(replace(book.delivery, stated_period=stated), stem)
    book.grids, book.places, book.stem = again.grids, again.places, stem


def spell_period(book: Book, chance: Random) -> bool:
    """Write the same period in another way, perhaps with the day on which it is sent, and a plain file name."""
    year, _, rest = book.delivery.period.partition("-")
    match book.contract.grain:
        case "year":
            ways = [
                year,
                f"{year}年",
                f"{year}年度",
                f"{year.translate(_HAN)}年",
                f" {year} 年 ",
                f"{year}年全年",
            ]
        case "quarter":
            n = int(rest[1])
            ways = [
                f"{year}年第{_QUARTERS[n - 1]}季度",
                f"{year}年{n}季度",
                f"{year}Q{n}",
                f"{year}-Q{n}",
                f"{year}年第{n}季度",
            ]
            ways += [f"{year.translate(_HAN)}年第{_QUARTERS[n - 1]}季度"]
            ways += [f"{year}年1-{3 * n}月", f"{year}年1—{3 * n}月份"] if book.contract.cumulative else []
        case "month":
            n = int(rest)
            ways = [
                f"{year}年{n}月",
                f"{year}年{n:02}月",
                f"{year}-{n:02}",
                f"{year}.{n:02}",
                f"{year}年{n}月份",
                f"{year}/{n}",
            ]
        case _:
            month, day = map(int, rest.split("-"))
            ways = [
                book.delivery.period,
                f"{year}年{month}月{day}日",
                f"{year}.{month}.{day}",
                f"{year}/{month:02}/{day:02}",
            ]
    stated = chance.choice(ways)
    if chance.random() < 0.3:
        sent = book.delivery.signed_on
        stated += f"（{sent.year}年{sent.month}月{sent.day}日填报）"
    _restate(book, stated, chance.choice(["报表", book.stem, f"{book.delivery.reporter.name}上报"]))
    return bool(book.delivery.stated_period)


def state_range(book: Book, chance: Random) -> Expected | None:
    """State a range or a period of another length, which is no period of the form."""
    year = book.delivery.period[:4]
    ranges = {
        "year": [
            f"{int(year) - 1}-{year}年度",
            f"{year}年下半年",
            f"{year}年1-11月",
            f"{year}年3月",
            f"{year}年一季度",
        ],
        "quarter": [
            f"{year}年5-6月",
            f"{year}年",
            f"{year}年2-4月",
            f"{year}年下半年",
            f"{year}年7月",
            f"{year}年2-3季度",
        ],
        "month": [
            f"{year}年5-6月",
            f"{year}年",
            f"{year}年一季度",
            f"{year}年5、6月",
            f"{year}年13月",
            f"{year}年上半年",
        ],
        "date": [f"{year}年5-6月", f"{year}年", f"{year}年6月31日", f"{year}年6月1日至30日"],
    }
    if not book.delivery.stated_period:
        return None
    _restate(book, chance.choice(ranges[book.contract.grain]), "报表")
    return never


def state_two_periods(book: Book, chance: Random) -> Expected | None:
    """Name another year in the tab, or in the file's name, than in the sheet."""
    if book.layout is None or not book.delivery.stated_period:
        return None
    year = int(book.delivery.period[:4])
    other = chance.choice([f"{year - 1}年", f"{year + 1}年"])
    if chance.random() < 0.5:
        book.grids[0].name = other
    else:
        book.stem = f"{other}{book.contract.title[0]}"
    return never


def state_two_units(book: Book, chance: Random) -> Expected | None:
    """State 元 in a heading and 万元 above it, or the reverse."""
    money = [name for name, column in book.fields.items() if column.unit == "元"]
    if book.layout is None or not money or book.layout.unit_place != "line":
        return None
    grid, at = book.grids[0], (book.body_top - 2, book.spot(0, chance.choice(money)).column)
    heading: CellValue = grid.cells.get(at, "")
    if not isinstance(heading, str) or not heading or "（" in heading:
        return None
    grid.cells[at] = f"{heading}（{'元' if book.layout.money_unit == '万元' else '万元'}）"
    return never


CHANGING_PERIODS: dict[str, Change] = {
    "period_range": state_range,
    "two_periods": state_two_periods,
    "two_units": state_two_units,
}
