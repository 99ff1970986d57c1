"""乡村旅游接待统计表, from a township's workbook to staged rows or reasons."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import xlsxwriter

from sources.county.references import read_references
from sources.delivery import Staging, stage
from sources.home.archive import archive
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.reading.worker import Reader
from sources.replies.outbox import rejected_rows
from tests.district import COUNTY, prepare

NOW = datetime(2022, 7, 8, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER: list[list[Any]] = [["景点（接待点）名称", "所在村", "接待游客人次", "旅游收入"], ["甲", "乙", 1, 2]]
FARMHOUSE, INN = ["河湾农家乐", "吴官屯村", 120, 0.72], ["石佛人家", "云冈村", 300, 1.5]


@dataclass
class Sent:
    """What became of a workbook: its receipt, its accepted rows, and cell and rule of each reason."""

    receipt: Receipt
    rows: pl.DataFrame
    reasons: list[tuple[str, str]]


Send = Callable[..., Sent]


@pytest.fixture
def send(tmp_path: Path, reader: Reader) -> Send:
    def send(*rows: list[Any], period: str = "2022年6月") -> Sent:
        home = Home(tmp_path)
        prepare(home)
        path = home.inbox / "云冈镇" / "乡村旅游.xlsx"
        path.parent.mkdir()
        path.write_bytes(_workbook([*HEADER, *rows], period))
        staging = Staging(home, read_references(COUNTY), archive(home, path, NOW), 1, NOW)
        (receipt,) = stage(staging, reader, lambda _: None)
        staged = [pl.read_parquet(home.root / part.path) for part in receipt.staged_files]
        delivery_reasons = [(reason.cell, reason.rule) for reason in receipt.reasons]
        row_reasons = [
            (row["cell"], row["rule"]) for row in rejected_rows(home, receipt).iter_rows(named=True)
        ]
        return Sent(receipt, pl.concat(staged) if staged else pl.DataFrame(), delivery_reasons + row_reasons)

    return send


def _workbook(lines: list[list[Any]], period: str) -> bytes:
    """A title in row 1, stated lines in row 2, then the header in rows 3 and 4 and the lines below it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range("A1:D1", "乡村旅游接待统计表")
        sheet.write_row(1, 0, ["填报单位：云冈镇", f"报告期：{period}", "", "计量单位：万元"])
        for row, line in enumerate([*lines, ["单位负责人：某某", "填表人：某某"]], start=2):
            sheet.write_row(row, 0, line)
    return out.getvalue()


def test_a_months_sites_are_accepted_in_yuan_with_the_village_looked_up(send: Send) -> None:
    sent = send(FARMHOUSE, INN, ["合计", "—", 420, 2.22])

    assert (sent.receipt.outcome, sent.receipt.period) == ("accepted", "2022-06")
    assert sent.rows.select("site_name", "village_code", "visits", "revenue_yuan", "flags").rows() == [
        ("河湾农家乐", "140214102201", 120, Decimal("7200.00"), None),
        ("石佛人家", "140214102200", 300, Decimal("15000.00"), None),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["山居驿站", "无此村", 10, 0.1], ("B6", "village_code__unknown_place")),
        (["山居驿站", "高山村", 10, 0.1], ("B6", "village_code__unknown_place")),
        (["山居驿站", "—", 10, 0.1], ("B6", "village_code__required")),
        (["山", "云冈村", 10, 0.1], ("A6", "site_name__str_length")),
        (["山居12900001111", "云冈村", 10, 0.1], ("A6", "site_name__no_personal_number")),
        (["山居驿站", "云冈村", -10, 0], ("C6", "visits__greater_than_or_equal_to")),
        (["山居驿站", "云冈村", 10.5, 0.1], ("C6", "visits__parse")),
        (["山居驿站", "云冈村", "—", 0.1], ("C6", "visits__required")),
        (["山居驿站", "云冈村", 10, -0.1], ("D6", "revenue_yuan__greater_than_or_equal_to")),
        (["山居驿站", "云冈村", 10, "约一千"], ("D6", "revenue_yuan__parse")),
    ],
)
def test_a_row_that_breaks_a_rule_sends_the_form_back(
    send: Send, row: list[Any], reason: tuple[str, str]
) -> None:
    sent = send(FARMHOUSE, row)

    assert sent.receipt.outcome == "rejected"
    assert reason in sent.reasons


def test_a_site_listed_twice_is_rejected_in_both_rows(send: Send) -> None:
    sent = send(FARMHOUSE, INN, FARMHOUSE)

    assert [rule for _, rule in sent.reasons] == ["delivery__rejected_rows", *["key__duplicate"] * 2]


@pytest.mark.parametrize(
    ("visits", "revenue", "is_doubtful"),
    [
        (0, 0, False),
        (0, 0.1, True),
        (100, 0.0099, True),
        (100, 0.01, False),
        (100, 20, False),
        (100, 20.01, True),
    ],
)
def test_revenue_out_of_proportion_to_visits_is_kept_and_flagged(
    send: Send, visits: int, revenue: float, is_doubtful: bool
) -> None:
    sent = send(["山居驿站", "云冈村", visits, revenue])

    assert sent.receipt.outcome == "accepted"
    assert sent.rows["flags"].to_list() == ["row__revenue_per_visit" if is_doubtful else None]


def test_a_total_that_disagrees_sends_the_form_back(send: Send) -> None:
    assert send(FARMHOUSE, INN, ["合计", "—", 421, 2.22]).reasons == [("C7", "delivery__control_total")]


def test_a_form_of_no_month_is_sent_back(send: Send) -> None:
    assert send(FARMHOUSE, period="2022年").reasons == [("B2", "delivery__period_missing")]


def test_months_counted_from_january_are_not_a_month(send: Send) -> None:
    sent = send(FARMHOUSE, period="2022年1-6月")

    assert [rule for _, rule in sent.reasons] == ["delivery__period_mismatch"]
