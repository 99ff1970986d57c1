"""The rules that the rural yearbook of 2016 prints under its tables, held against its own figures.

Which records break them is written down here; both sides of each are computed from what xlrd reads.
"""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import xlrd

from sources.home.receipts import PrintedRule
from sources.layout.code_lines import Region
from sources.layout.printed.printed_rules import printed_rules
from sources.reading.cells import Unreadable, cell_position
from sources.reading.worker import Reader

pytestmark = pytest.mark.real

FILE = "0000_2016年农村统计年报汇总表.xls"
PEOPLE, LAND = "农村基层组织及户数、人口、从业人员情况（一）", "农业生产条件（一）"

# sheet, rule: the columns of its codes with their signs (left, right), and the cells of the left side where it breaks
VIOLATED = {
    (PEOPLE, "12=13+14"): ("O", "P+Q", "O12"),
    (PEOPLE, "15=16+17"): ("R", "S+T", "R11 R16 R25"),
    (PEOPLE, "18=19+21"): ("U", "V+X", "U11 U19 U25"),
    (PEOPLE, "23>24"): ("Z", "AA", "Z11 Z12 Z17 Z18 Z19 Z22 Z25"),
    (LAND, "11=01+02-05"): ("N", "D+E-H", "N10 N11 N14 N15 N16 N17 N18 N19 N20 N21 N24"),
    (LAND, "11=12+16"): ("N", "O+S", "N15 N16 N24"),
}
HELD = {(PEOPLE, rule): 11 for rule in ("07≤05", "09≤05", "10≤05", "19≤18", "22≤21")} | {
    (PEOPLE, "24=25+26"): 8
}
NOT_UNDERSTOOD = {
    ("粮食作物生产情况（一）", "A26"): "种植业收入=一+二+三+四+五+六+七+八+九",
    ("劳动力转移情况表（一）", "A22"): "平衡关系：",
    ("劳动力转移情况表（二）", "A23"): "平衡关系：",
}


def rules_of(path: Path) -> list[PrintedRule]:
    with Reader() as reader:
        sheets = reader.read(path.read_bytes()).sheets
    return [
        rule
        for sheet in sheets
        if sheet.text
        for rule in printed_rules(Region(sheet, range(len(sheet.text)), range(len(sheet.text[0]))))
    ]


@pytest.fixture(scope="module")
def book(real_folder: Path) -> xlrd.Book:
    return xlrd.open_workbook(real_folder / "township_annual_2016" / FILE)


@pytest.fixture(scope="module")
def rules(real_folder: Path) -> list[PrintedRule]:
    return rules_of(real_folder / "township_annual_2016" / FILE)


def side(sheet: xlrd.sheet.Sheet, row: int, columns: str) -> Decimal:
    """What some columns of a row add up to: `D+E-H`; blank cells count as nothing."""
    total = Decimal(0)
    for term in columns.replace("-", "+-").split("+"):
        _, column = cell_position(term.removeprefix("-") + "1")
        written = sheet.cell_value(row, column)
        figure = Decimal(f"{written:.6f}") if isinstance(written, float) else Decimal(0)
        total += -figure if term.startswith("-") else figure
    return total


def test_every_rule_that_the_yearbook_prints_is_found(rules: list[PrintedRule]) -> None:
    understood = {(rule.sheet, rule.text) for rule in rules if not rule.not_understood}

    assert understood == VIOLATED.keys() | HELD.keys()
    assert {(rule.sheet, rule.cell): rule.text for rule in rules if rule.not_understood} == NOT_UNDERSTOOD
    assert len(rules) == len(VIOLATED) + len(HELD) + len(NOT_UNDERSTOOD)


@pytest.mark.parametrize(("sheet", "text"), VIOLATED)
def test_every_record_that_breaks_a_rule_is_told_with_both_sides(
    rules: list[PrintedRule], book: xlrd.Book, sheet: str, text: str
) -> None:
    left, right, cells = VIOLATED[sheet, text]
    [rule] = [rule for rule in rules if (rule.sheet, rule.text) == (sheet, text)]
    reported = {v.cell: (v.left, v.right) for v in rule.violations}

    figures = book.sheet_by_name(sheet)
    rows = {cell: cell_position(cell)[0] for cell in cells.split()}
    assert reported == {
        cell: (side(figures, row, left), side(figures, row, right)) for cell, row in rows.items()
    }


def test_the_records_that_were_held_against_a_rule_are_counted(rules: list[PrintedRule]) -> None:
    counts = {(rule.sheet, rule.text): (rule.evaluated, rule.skipped) for rule in rules}

    assert {key: counts[key][0] for key in HELD} == HELD
    # eleven rows of figures are this year's, last year's, eight places' and the total; the change is skipped
    assert counts[PEOPLE, "12=13+14"] == (11, 2)
    # the forestry bureau states its farmland by kind alone, without what it was and what was added
    assert counts[LAND, "11=01+02-05"] == (11, 3)
    assert counts[LAND, "11=12+16"] == (12, 2)


def test_no_other_public_workbook_has_a_text_that_is_taken_for_a_rule(real_folder: Path) -> None:
    rules_per_file: Counter[str] = Counter()
    for path in sorted(real_folder.glob("*/*.xls*")):
        try:
            rules_per_file[path.name] += len(rules_of(path))
        except Unreadable:
            continue

    assert +rules_per_file == {FILE: 15}
    assert len(rules_per_file) > 50
