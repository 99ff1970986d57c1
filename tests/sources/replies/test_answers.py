"""What a sender says to a query: in the sheet of reasons of a marked copy, or in a column of the form."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sources.county.references import read_references
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.marking.names import REASONS_SHEET
from sources.reading.worker import Reader
from sources.templates.plan import plan
from sources.templates.workbook import LISTS_SHEET, write_template
from tests.district import COUNTY

REFERENCES = read_references(COUNTY)
CONTRACT = REFERENCES.workbook_contracts[
    [c.name for c in REFERENCES.workbook_contracts].index("rural_tourism.month")
]
REPORTER = next(r for r in REFERENCES.reporters if r.code == "yungang")
SENT_AT = datetime(2022, 7, 5, 9, tzinfo=SHANGHAI)
REASON = "票价上调，5000 元一位，属实；联系电话 13912345678"
MASKED = "票价上调，5000 元一位，属实；联系电话 ＊＊＊"


@pytest.fixture(scope="module")
def blank() -> tuple[str, bytes, str]:
    """A blank form: the name of its sheet, its bytes, a village to choose."""
    template = plan(CONTRACT, REPORTER, REFERENCES, SENT_AT.date())
    data = write_template(template, REFERENCES.tables[CONTRACT.table])
    return template.pages[0].name, data, template.choices["village_code"][0]


def filled(blank: tuple[str, bytes, str], *, revenue: int, explain: str = "") -> bytes:
    """The form with one site. explain: put into a column 说明 beside the form's own."""
    sheet, data, village = blank
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet]
    page["B3"] = "2022年6月"
    for column, value in zip("ABCD", ["甲景点", village, 10, revenue], strict=True):
        page[f"{column}6"] = value
    page["C206"], page["D206"] = 10, revenue
    if explain:
        page["E4"], page["E6"] = "说明", explain
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(home: Home, reader: Reader, name: str, data: bytes, day: int) -> Receipt:
    path = home.inbox / REPORTER.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    on = SENT_AT.replace(day=day)
    (receipt,) = receive(home, reader, now=lambda: on, settle_seconds=0, references=REFERENCES)
    return receipt


def marked(home: Home, receipt: Receipt) -> Path:
    (copy,) = (home.outbox / REPORTER.folder).glob(f"*{receipt.arrival_id}.退回标注.xlsx")
    return copy


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_an_answer_in_a_marked_copy_comes_back_masked_and_stands_in_the_next_reply(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    first = send(home, reader, "接待表.xlsx", filled(blank, revenue=50_000), 5)
    book = openpyxl.load_workbook(marked(home, first))
    reasons = book[REASONS_SHEET]
    assert [cell.value for cell in reasons[2]][-1] == "说明（由填报单位填写）"
    reasons["E3"] = REASON
    out = io.BytesIO()
    book.save(out)
    second = send(home, reader, marked(home, first).name, out.getvalue(), 6)

    assert (second.outcome, second.rows.accepted, second.rows.flagged) == ("accepted", 1, 1)
    assert [(a.cell, a.query[:10], a.text) for a in second.answers] == [
        ("D6", "有收入应有人次，人均", MASKED)
    ]
    again = openpyxl.load_workbook(marked(home, second))[REASONS_SHEET]
    assert [cell.value for cell in again[3]][2:] == ["D6", reasons["D3"].value, MASKED]


def test_a_column_of_answers_beside_the_form_is_no_unknown_column(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    receipt = send(home, reader, "接待表.xlsx", filled(blank, revenue=50_000, explain=REASON), 5)

    assert (receipt.outcome, receipt.reasons, receipt.rows.accepted) == ("accepted", [], 1)
    assert [(a.cell, a.query, a.text) for a in receipt.answers] == [("E6", "", MASKED)]
    again = openpyxl.load_workbook(marked(home, receipt))[REASONS_SHEET]
    assert again["E3"].value == MASKED


def test_a_marked_copy_of_a_blank_form_keeps_its_checks_protection_and_explanation(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    book = openpyxl.load_workbook(
        marked(home, send(home, reader, "表.xlsx", filled(blank, revenue=50_000), 5))
    )

    assert book.sheetnames == [REASONS_SHEET, blank[0], "填表说明", LISTS_SHEET]
    assert book[LISTS_SHEET].sheet_state == "hidden"
    page = book[blank[0]]
    assert page.protection.sheet
    assert not page["C6"].protection.locked
    checks = {check.type: check for check in page.data_validations.dataValidation}
    assert checks["list"].formula1.startswith(f"'{LISTS_SHEET}'!")
    assert {check.error for check in checks.values()} == {"不是这一栏规定的内容；请看“填表说明”"}


def test_a_sheet_with_a_word_of_the_senders_does_not_go_back(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(blank, revenue=50_000)))
    book["填表说明"]["H1"] = "有事找王某"
    out = io.BytesIO()
    book.save(out)
    copy = openpyxl.load_workbook(marked(home, send(home, reader, "表.xlsx", out.getvalue(), 5)))

    assert copy.sheetnames == [REASONS_SHEET, blank[0], LISTS_SHEET]


def test_what_is_doubtful_in_a_rejected_form_is_not_called_accepted(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(blank, revenue=50_000)))
    book[blank[0]]["A7"], book[blank[0]]["C7"] = "乙景点", "约三百"
    out = io.BytesIO()
    book.save(out)
    send(home, reader, "表.xlsx", out.getvalue(), 5)
    (page,) = (home.outbox / REPORTER.folder).glob("退回_*.回执.html")
    words = page.read_text("utf-8")

    assert "标为“存疑”的也请核实" in words
    assert "已照收" not in words
    assert "在它的“退回原因”一页末栏写明情况" in words


def test_a_blank_form_in_which_there_is_nothing_to_report_is_accepted(
    home: Home, reader: Reader, blank: tuple[str, bytes, str]
) -> None:
    sheet, data, _ = blank
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet]
    (first,) = [check for check in page.data_validations.dataValidation if "A6" in check.sqref]
    page["B3"], page["A6"], page["C206"], page["D206"] = "2022年6月", "无", 0, 0
    out = io.BytesIO()
    book.save(out)
    receipt = send(home, reader, "表.xlsx", out.getvalue(), 5)

    assert (receipt.outcome, receipt.rows.accepted, receipt.reasons) == ("accepted", 0, [])
    assert first.errorStyle == "warning"
    assert first.error.startswith("“景点（接待点）名称”长度应为")
    assert "整份没有可报的，在第一行写“无”，其余留空，照样报送。" in [
        row[0].value for row in book["填表说明"]
    ]
