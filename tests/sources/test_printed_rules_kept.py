"""The rules that a sheet prints itself, in receipts, in replies and in frames."""

from datetime import datetime
from decimal import Decimal

import polars as pl

from sources.home.receipts import FileFacts, PrintedRule, Receipt
from sources.layout.code_lines import Region
from sources.layout.printed.printed_rules import printed_rules
from sources.reading.cells import Sheet
from sources.reading.marking.line import ReasonLine
from sources.replies.content import compose_reply
from sources.source_tables import printed_rule_frame, printed_rule_violation_frame
from tests.sources.grid import Cell, sheet

HEADING: list[Cell] = ["地名", "合计", "男", "女"]
CODES: list[Cell] = ["甲", 1, 2, 3]
FIGURES: list[list[Cell]] = [["合计", 9, 5, 4], ["高山镇", 5, 2, 3], ["云冈镇", 4, 2, 1]]


def rules_of(grid: Sheet) -> list[PrintedRule]:
    return printed_rules(Region(grid, range(len(grid.text)), range(len(grid.text[0]))))


def receipt(rules: list[PrintedRule]) -> Receipt:
    at = datetime(2023, 1, 20)
    return Receipt(
        delivery_id="d1", arrival_id="a1", revision=1, deliveries_in_file=1, contract="row.rows", table="row",
        form_title="农户表", reporter_code="bureau", period="2022", county_code="140214", received_at=at,
        staged_at=at, outcome="accepted", synthetic=True, printed_rules=rules,
        file=FileFacts(name="2022.xlsx", folder="统计局", sha256="0", size_bytes=1, format="xlsx"),
    )  # fmt: skip


def test_a_receipt_names_the_rules_that_are_broken_and_where_without_values() -> None:
    rules = rules_of(sheet(HEADING, CODES, *FIGURES, ["审核关系：1=2+3，2≤1，1=2×3"]))

    reply = compose_reply(receipt(rules), pl.DataFrame(), {})

    assert reply.lines == [ReasonLine("存疑", "Sheet1", "B5", "不合表内所印的关系“1=2+3”（A6）；请核对")]


def test_a_receipt_from_before_rules_were_read_has_none() -> None:
    payload = receipt([]).model_dump(exclude={"printed_rules"})

    assert Receipt.model_validate(payload).printed_rules == []


def test_rules_and_what_breaks_them_become_frames() -> None:
    receipts = [receipt(rules_of(sheet(HEADING, CODES, *FIGURES, ["审核关系：1=2+3，1=2×3"])))]

    rules = printed_rule_frame(receipts).drop("delivery_id", "sheet_name")
    violations = printed_rule_violation_frame(receipts).drop("delivery_id", "sheet_name")

    assert rules.rows() == [
        ("A6", "1=2+3", True, None, 3, 0, 1),
        ("A6", "1=2×3", False, "读不成平衡关系", 0, 0, 0),
    ]
    assert violations.rows() == [("A6", "1=2+3", "B5", Decimal(4), Decimal(3))]
