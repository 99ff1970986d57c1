"""A clerk puts right what is marked in the copy that came back, and sends the copy: it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from sources.reading.cells import cell_position
from sources.reading.marking.line import COLORS, DOUBTFUL, REJECTED
from sources.reading.marking.names import REASONS_SHEET
from sources.reading.worker import Reader
from sources.replies.outbox import rejected_rows
from tests.district import prepare

CORRECTED = [  # file of the sample: what is wrong with it
    "口泉乡2021年村基本情况年报.xlsx",  # two village names
    "鸦儿崖乡2022年G102表.xlsx",  # a word and an impossible count, indicators running down
    "云冈镇2021年第三季度农产品加工统计表.xls",  # a word and a formula's error
    "云冈镇2021年7月乡村旅游接待统计表.xlsx",  # another township's name
    "平旺乡2022年三季度农产品加工统计表.xlsx",  # last quarter's period
    "西韩岭乡2021年度农业生产情况表.xls",  # last year's
    "西韩岭乡2022.10乡村旅游接待统计表.xls",  # a total
    "区财政局2021年度财政衔接资金台账.xlsx",  # a bureau's register
    "区住房和城乡建设局2022年农村基础设施项目台账.xlsx",  # a register's total
]
DOUBTED = [
    "平旺乡2021年四季度农产品加工统计表.xls",  # a page named .xls
    "西韩岭乡2021.01乡村旅游接待统计表.xls",
    "高山镇2021年村基本情况年报.xlsx",
]


@pytest.fixture(scope="module")
def sent(sample_home: Path) -> dict[str, Receipt]:
    """The sample's deliveries by file name."""
    return {receipt.file.name: receipt for receipt in read_receipts(Home(sample_home))}


@dataclass
class Clerk:
    """Sends files of one folder into a home of its own, a day apart."""

    home: Home
    folder: str
    reader: Reader
    days: int = 0

    def send(self, name: str, data: bytes) -> Receipt:
        path = self.home.inbox / self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.days += 1
        on = datetime(2022, 12, self.days, 9, tzinfo=SHANGHAI)
        (receipt,) = receive(self.home, self.reader, now=lambda: on, settle_seconds=0)
        return receipt

    def copy_of(self, receipt: Receipt) -> Path:
        (copy,) = (self.home.outbox / self.folder).glob(f"*.{receipt.arrival_id}.退回标注.xlsx")
        return copy

    def staged(self, receipt: Receipt) -> pl.DataFrame:
        return pl.concat(pl.read_parquet(self.home.root / part.path) for part in receipt.staged_files).drop(
            "delivery_id"
        )


ClerkOf = Callable[[Receipt], Clerk]


@pytest.fixture
def clerk_of(tmp_path: Path, reader: Reader) -> ClerkOf:
    def clerk(receipt: Receipt) -> Clerk:
        home = Home(tmp_path / "home")
        prepare(home)
        return Clerk(home, receipt.file.folder, reader)

    return clerk


def archived(home: Path, receipt: Receipt) -> bytes:
    return (home / "archive" / receipt.file.sha256).read_bytes()


def marked_cells(book: openpyxl.Workbook) -> dict[tuple[str, str], Cell]:
    """By sheet and address, every cell with a comment; none has only the one of comment and fill."""
    marked = {}
    colors = {f"00{color}" for color in COLORS.values()}
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if sheet.title != REASONS_SHEET):
            assert (cell.comment is not None) == (cell.fill.fgColor.rgb in colors)
            if cell.comment is not None:
                marked[sheet.title, cell.coordinate] = cell
    return marked


def expected_comments(home: Home, receipt: Receipt) -> dict[tuple[str, str], set[str]]:
    """By sheet and address, what the comment of the cell must say."""
    comments: dict[tuple[str, str], set[str]] = {}
    for reason in receipt.reasons:
        if reason.cell:
            comments.setdefault((reason.sheet, reason.cell), set()).add(f"{REJECTED}：{reason.message}")
    for row in rejected_rows(home, receipt).iter_rows(named=True):
        severity = {"reject": REJECTED, "flag": DOUBTFUL}[row["severity"]]
        comments.setdefault((row["sheet_name"], row["cell"]), set()).add(f"{severity}：{row['message']}")
    return comments


@pytest.mark.parametrize("name", CORRECTED)
def test_a_marked_copy_put_right_is_accepted_and_supersedes(
    name: str, sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf, reader: Reader
) -> None:
    stem, _, suffix = name.rpartition(".")
    right = archived(sample_home, sent[f"{stem}（更正）.{suffix}"])
    clerk = clerk_of(sent[name])
    before = clerk.send(f"{stem}（更正）.{suffix}", right)
    spoilt = clerk.send(name, archived(sample_home, sent[name]))
    assert (before.outcome, spoilt.outcome) == ("accepted", "rejected")

    copy = clerk.copy_of(spoilt)
    book = openpyxl.load_workbook(copy)
    marked = marked_cells(book)
    assert {at: set(cell.comment.text.split("\n")) for at, cell in marked.items()} == expected_comments(
        clerk.home, spoilt
    )
    sheets = {sheet.name: sheet for sheet in reader.read(right).sheets}
    for (sheet, address), cell in marked.items():
        row, column = cell_position(address)
        text, kind = sheets[sheet].text[row][column], sheets[sheet].kinds[row][column]
        cell.value = float(text) if kind == "n" else text or None
    book.save(copy)
    again = clerk.send(copy.name, copy.read_bytes())

    assert (again.outcome, again.reasons) == ("accepted", [])
    assert (again.supersedes, again.key) == (before.delivery_id, before.key)
    assert clerk.staged(again).equals(clerk.staged(before))


@pytest.mark.parametrize(
    "name", ["鸦儿崖乡2022年2季度农产品加工统计表.et", "高山镇202205乡村旅游接待统计表.xlsx"]
)
def test_a_unit_of_measure_is_put_right_where_it_stands(
    name: str, sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf
) -> None:
    stem, _, suffix = name.rpartition(".")
    clerk = clerk_of(sent[name])
    before = clerk.send(f"{stem}（更正）.{suffix}", archived(sample_home, sent[f"{stem}（更正）.{suffix}"]))
    copy = clerk.copy_of(clerk.send(name, archived(sample_home, sent[name])))
    book = openpyxl.load_workbook(copy)
    (marked,) = marked_cells(book).values()
    stated = marked if "万吨" in str(marked.value) else marked.offset(-1)  # over the numbers of the columns
    stated.value = stated.value.replace("万吨", "元")
    book.save(copy)
    again = clerk.send(copy.name, copy.read_bytes())

    assert (again.outcome, again.supersedes, again.reasons) == ("accepted", before.delivery_id, [])


@pytest.mark.parametrize("name", DOUBTED)
def test_a_copy_whose_doubtful_cells_are_right_says_the_same(
    name: str, sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf
) -> None:
    clerk = clerk_of(sent[name])
    first = clerk.send(name, archived(sample_home, sent[name]))
    copy = clerk.copy_of(first)
    marked = marked_cells(openpyxl.load_workbook(copy))
    assert {at: set(cell.comment.text.split("\n")) for at, cell in marked.items()} == expected_comments(
        clerk.home, first
    )

    again = clerk.send(copy.name, copy.read_bytes())

    assert (again.outcome, again.supersedes, again.rows) == ("accepted", first.delivery_id, first.rows)
    assert clerk.staged(again).equals(clerk.staged(first))


def test_a_line_given_twice_is_deleted_and_a_wrong_code_replaced(
    sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf, reader: Reader
) -> None:
    name = "口泉乡2022年1-3月农产品加工报表.xlsx"
    right = sent["口泉乡2022年1-3月农产品加工报表（更正）.xlsx"]
    clerk = clerk_of(sent[name])
    copy = clerk.copy_of(clerk.send(name, archived(sample_home, sent[name])))
    book = openpyxl.load_workbook(copy)
    (code, _, twice) = sorted(marked_cells(book).values(), key=lambda cell: cell.row)
    sheet = reader.read(archived(sample_home, right)).sheets[0]
    code.value = sheet.text[code.row - 1][code.column - 1]
    for row in (14, 26):  # 小计 and 合计 no longer add up the second line
        for column in (9, 10):
            twice.parent.cell(row, column).value = sheet.text[row - 2][column - 1]
    empty(twice.parent, rows=range(twice.row, twice.row + 1), columns=range(1, twice.parent.max_column + 1))
    book.save(copy)

    again = clerk.send(copy.name, copy.read_bytes())
    assert (again.outcome, again.reasons) == ("accepted", [])


def test_a_column_that_the_form_does_not_have_is_emptied(
    sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf
) -> None:
    name = "区交通运输局2022年度公交车辆台账.xlsx"
    clerk = clerk_of(sent[name])
    copy = clerk.copy_of(clerk.send(name, archived(sample_home, sent[name])))
    book = openpyxl.load_workbook(copy)
    (heading,) = marked_cells(book).values()
    sheet = heading.parent
    empty(
        sheet,
        rows=range(heading.row - 1, sheet.max_row + 1),
        columns=range(heading.column, heading.column + 1),
    )
    book.save(copy)

    again = clerk.send(copy.name, copy.read_bytes())
    assert (again.outcome, again.reasons) == ("accepted", [])


def empty(sheet: Worksheet, rows: range, columns: range) -> None:
    for row in rows:
        for column in columns:
            cell = sheet.cell(row, column)
            if isinstance(cell, Cell):
                cell.value = None


def test_a_copy_sent_again_as_it_is_comes_back_marked_alike(
    sample_home: Path, sent: dict[str, Receipt], clerk_of: ClerkOf
) -> None:
    name = "口泉乡2021年村基本情况年报.xlsx"
    clerk = clerk_of(sent[name])
    first = clerk.copy_of(clerk.send(name, archived(sample_home, sent[name])))
    again = clerk.send(first.name, first.read_bytes())
    second = clerk.copy_of(again)

    assert again.outcome == "rejected"
    assert second.name == f"退回_口泉乡2021年村基本情况年报.{again.arrival_id}.退回标注.xlsx"
    books = [openpyxl.load_workbook(path) for path in (first, second)]
    assert books[1].sheetnames == books[0].sheetnames
    assert marked_cells(books[1]).keys() == marked_cells(books[0]).keys()
