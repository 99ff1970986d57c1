"""What a sender finds in its outbox folder."""

import html
import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from sources.county.references import read_references
from sources.holding.states import DeliveryStates
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import FileFacts, Reason, Receipt, RowCounts
from sources.intake import receive
from sources.reading.worker import Reader
from sources.replies.content import compose_reply
from sources.replies.excel import to_excel
from sources.replies.html import to_html
from sources.replies.outbox import write_replies
from tests.district import COUNTY
from tests.journeys.townships import enterprise_book, village_book

REFERENCES = read_references(COUNTY)
VILLAGES = ["杨家窑村", "上窝寨村"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def send(
    home: Home,
    reader: Reader,
    name: str,
    data: bytes,
    *,
    day: int = 1,
    year: int = 2022,
    folder: str = "口泉乡",
) -> list[Receipt]:
    path = home.inbox / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    on = datetime(year, 1, day, 9, 30, tzinfo=SHANGHAI)
    return receive(home, reader, now=lambda: on, settle_seconds=0, references=REFERENCES)


def outbox(home: Home, folder: str = "口泉乡") -> list[str]:
    """Names of what lies in a folder, without the number of the arrival."""
    names = [re.sub(r"[0-9a-f]{12}", "…", path.name) for path in (home.outbox / folder).iterdir()]
    return sorted(names)


def page(home: Home, name: str = "") -> str:
    """The text of the only page there, or of the one of a file, without its tags and style."""
    (path,) = (home.outbox / "口泉乡").glob(f"*_{name}*.html")
    text = path.read_text("utf-8")
    return re.sub(
        r"\s+", " ", html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))
    )


def test_a_clean_delivery_gets_a_page_alone(home: Home, reader: Reader) -> None:
    year_end = date(2021, 12, 31)
    within = REFERENCES.division_of("kouquan", year_end)
    villages = [place.name for place in REFERENCES.places.inside("village", within, year_end)]
    send(home, reader, "2021年报.xlsx", village_book("口泉乡", villages))

    assert outbox(home) == ["已接收_2021年报.xlsx.…-1.回执.html"]
    text = page(home)
    for words in (
        "已接收", "文件 2021年报.xlsx", "表名 村基本情况年报", "报告期 2021", "收到时间 2022-01-01 09:30",
        "行数 共 31，接收 31，退回 0，未计 0，存疑 0",
    ):  # fmt: skip
        assert words in text
    assert "提前报送" not in text


def test_what_comes_before_its_period_is_over_is_called_early(home: Home, reader: Reader) -> None:
    send(home, reader, "2021年报.xlsx", village_book("口泉乡", VILLAGES), year=2021)

    assert "提前报送 报告期到 2021-12-31 才结束；期末的数如有变动，请在期满后再报" in page(home)


def test_a_held_delivery_gets_a_page_that_says_what_lacks_and_what_to_do(home: Home, reader: Reader) -> None:
    send(home, reader, "2021年报.xlsx", village_book("口泉乡", VILLAGES))

    assert outbox(home) == ["待核实_2021年报.xlsx.…-1.回执.html"]
    text = page(home)
    for words in ("待核实，尚未计入", "等数据管理员核实", "应有 31 行，这份缺其中 29 行", "请报送全表"):
        assert words in text


def test_a_rejected_delivery_gets_its_reasons_twice_and_a_marked_copy(home: Home, reader: Reader) -> None:
    (receipt,) = send(home, reader, "2021年报.xlsx", village_book("口泉乡", VILLAGES, toilets=999))

    assert outbox(home) == [
        "退回_2021年报.xlsx.…-1.回执.html",
        "退回_2021年报.xlsx.…-1.回执.xlsx",
        "退回_2021年报.….退回标注.xlsx",
    ]
    text = page(home)
    assert "退回 年报 E4 使用卫生厕所户数不应大于户籍户数" in text
    assert f"“退回_2021年报.{receipt.arrival_id}.退回标注.xlsx”" in text
    (path,) = (home.outbox / "口泉乡").glob("*回执.xlsx")
    rows = [[cell.value for cell in row[:4]] for row in openpyxl.load_workbook(path)["回执"].iter_rows()]
    (message,) = [row[3] for row in rows if row[:3] == ["退回", "年报", "E5"]]
    assert str(message).startswith("使用卫生厕所户数不应大于户籍户数（现为 ")
    assert "“上窝寨村”" in str(message)
    assert "户数“999”" in str(message)


def test_a_file_sent_twice_gets_a_short_receipt(home: Home, reader: Reader) -> None:
    send(home, reader, "2021年报.xlsx", village_book("口泉乡", VILLAGES))
    send(home, reader, "2021年报(1).xlsx", village_book("口泉乡", VILLAGES), day=2)

    assert "已接收_2021年报(1).xlsx.…-1.回执.html" in outbox(home)
    assert len(outbox(home)) == 2
    assert "重复报送，未作改动" in page(home, "2021年报(1)")


def test_an_unreadable_file_gets_receipts_only(home: Home, reader: Reader) -> None:
    send(home, reader, "坏.xlsx", village_book("口泉乡", VILLAGES)[:-400])

    assert outbox(home) == ["退回_坏.xlsx.…-1.回执.html", "退回_坏.xlsx.…-1.回执.xlsx"]
    assert "文件损坏，无法打开" in page(home)


def test_two_deliveries_of_a_file_get_a_receipt_each_and_one_copy(home: Home, reader: Reader) -> None:
    send(home, reader, "合报.xlsx", village_book("口泉乡", VILLAGES, enterprise_book, toilets=999))

    assert outbox(home) == [
        "已接收_合报.xlsx.…-2.回执.html", "退回_合报.xlsx.…-1.回执.html", "退回_合报.xlsx.…-1.回执.xlsx",
        "退回_合报.….退回标注.xlsx",
    ]  # fmt: skip


def roster(book: xlsxwriter.Workbook, township: str) -> None:
    """A form with personal data beside the villages: one row, whose ID number is wrong."""
    sheet = book.add_worksheet("花名册")
    header = next(c for c in REFERENCES.contracts.values() if c.name == "grid_person.roster")
    sheet.write(0, 0, header.title[0])
    sheet.write(1, 0, f"填报单位：{township}")
    sheet.write(1, 3, "报告期：2021年")
    sheet.write_row(2, 0, [names[0] for names in header.columns.values()])
    sheet.write_row(3, 0, ["9990011980XX"] * len(header.columns))


def test_no_copy_goes_back_where_one_delivery_of_the_file_has_personal_data(
    home: Home, reader: Reader
) -> None:
    receipts = send(home, reader, "合报.xlsx", village_book("口泉乡", VILLAGES, roster, toilets=999))

    assert {receipt.table for receipt in receipts} == {"village_profile", "grid_person"}
    assert not list(home.outbox.rglob("*退回标注*"))
    assert "9990011980" not in "".join(path.read_text("utf-8") for path in home.outbox.rglob("*.html"))


def test_a_later_revision_leaves_nothing_of_the_earlier_one(home: Home, reader: Reader) -> None:
    (receipt,) = send(home, reader, "2021年报.xlsx", village_book("口泉乡", VILLAGES, toilets=999))
    beside = home.outbox / "口泉乡" / "别的.xlsx.aaaaaaaaaaaa-1.回执.html"
    beside.write_text("别的")
    assert len(outbox(home)) == 4
    anew = receipt.model_copy(
        update={
            "revision": 2,
            "outcome": "accepted",
            "reasons": [],
            "rejected_files": [],
            "rows": RowCounts(candidate=2),
        }
    )
    write_replies(home, REFERENCES, reader, [anew], DeliveryStates())

    assert outbox(home) == ["别的.xlsx.…-1.回执.html", "已接收_2021年报.xlsx.…-1.回执.html"]
    assert "已接收" in page(home, "2021年报")


def test_a_name_as_long_as_file_systems_take_gets_its_replies(home: Home, reader: Reader) -> None:
    send(home, reader, "村" * 80 + "2021.xlsx", village_book("口泉乡", VILLAGES, toilets=999))

    assert len(outbox(home)) == 3


def rejected(name: str, *reasons: Reason) -> Receipt:
    now = datetime(2022, 1, 1, tzinfo=SHANGHAI)
    return Receipt(
        delivery_id="20220101-aaaaaaaaaaaa-1", arrival_id="aaaaaaaaaaaa", revision=1, deliveries_in_file=1,
        contract="", table="", form_title="", reporter_code="kouquan", period="", county_code="140214",
        received_at=now, staged_at=now, outcome="rejected", synthetic=False, reasons=list(reasons),
        file=FileFacts(name=name, folder="口泉乡", sha256="0" * 64, size_bytes=1, format="xlsx"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "<script>alert(1)</script>", "http://evil.example"]
)
def test_what_a_file_says_stays_text_in_its_receipts(text: str) -> None:
    reply = compose_reply(
        rejected(text, Reason(rule="x", sheet=text, cell="A1", message=text)), pl.DataFrame(), {}
    )
    markup, book = to_html(reply), to_excel(reply)

    assert "<script" not in markup
    assert not re.search(r"<a\b|href|src=", markup)
    sheet = openpyxl.load_workbook(BytesIO(book))["回执"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    with ZipFile(BytesIO(book)) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "<f>" not in parts
    assert "hyperlink" not in parts


def test_every_reason_is_listed() -> None:
    rows = [("reject", "年报", f"B{row}", "不应为空") for row in range(4, 1004)]
    staged = pl.DataFrame(rows, schema=["severity", "sheet_name", "cell", "message"], orient="row")
    reply = compose_reply(rejected("年报.xlsx"), staged, {})

    assert to_html(reply).count('<td class="short reject">') == 1000
    assert openpyxl.load_workbook(BytesIO(to_excel(reply)))["回执"].max_row == 7 + 2 + 1000
