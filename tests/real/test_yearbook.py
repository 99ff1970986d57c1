"""A county's rural yearbook of 2016, as it was published: 29 sheets, twelve of them read.

Each sheet lists eight townships and the forestry bureau under up to five merged header rows, with rows of
units and codes, lines for this year, last year and the change, and a total across. Every cell is held
against what xlrd reads.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import xlrd

from schemas.field import columns
from schemas.lineage import Staged
from sources.reading.cells import cell_address
from tests.real.loading import Loaded, load
from tests.real.tables import STATISTICS

pytestmark = pytest.mark.real

FILE = "0000_2016年农村统计年报汇总表.xls"

# table: sheet, column of its first figure, rows of the places that reported
READ = {
    "grassroots": ("农村基层组织及户数、人口、从业人员情况（一）", "D", range(15, 23)),
    "grassroots_more": ("农村基层组织及户数、人口、从业人员情况_二）", "D", [15, 17, 18, 19, 22]),
    "labour_transfer": ("劳动力转移情况表（一）", "B", range(11, 19)),
    "cropland": ("农业生产条件（一）", "D", range(14, 23)),
    "farm_inputs": ("农业生产条件（二）", "D", range(14, 22)),
    "autumn_grain": ("粮食作物生产情况_二_", "C", range(15, 23)),
    "herbs": ("经济作物生产情况（二）", "D", range(14, 23)),
    "forest_products": ("林业生产情况表（三）", "D", range(13, 21)),
    "livestock": ("主要畜牧业生产情况表", "C", range(13, 22)),
    "large_farms": ("畜禽规模养殖情况", "D", [11, 14, 17]),
}
PLACE_COLUMN = {"grassroots_more": "C"}

# 万千瓦 to 千瓦, 万千瓦时 to 千瓦时, 公斤 to 吨
SCALE = {
    "hydro_kilowatts": Decimal(10000),
    "hydro_kilowatt_hours": Decimal(10000),
    "rural_power_kilowatt_hours": Decimal(10000),
    "film_tonnes": Decimal("0.001"),
    "mulch_tonnes": Decimal("0.001"),
    "pesticide_tonnes": Decimal("0.001"),
    ("large_farms", "eggs_tonnes"): Decimal("0.001"),
}

PLACES = {
    "松柏镇": "429021100000",
    "阳日镇": "429021101000",
    "木鱼镇": "429021102000",
    "红坪镇": "429021103000",
    "新华镇": "429021104000",
    "九湖镇": "429021105000",
    "宋洛乡": "429021200000",
    "下谷乡": "429021202000",
    "林管局": "429021000000/林管局",
}


@pytest.fixture(scope="module")
def loaded(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    file = real_folder / "township_annual_2016" / FILE
    return load(
        tmp_path_factory.mktemp("yearbook"), "statistics", STATISTICS, {f"神农架林区统计局/{FILE}": file}
    )


@pytest.fixture(scope="module")
def book(real_folder: Path) -> xlrd.Book:
    return xlrd.open_workbook(real_folder / "township_annual_2016" / FILE)


def figure_names(table: str) -> list[str]:
    where = {column.name for column in columns(Staged)}
    return [c.name for c in columns(STATISTICS[table]) if c.dtype.is_numeric() and c.name not in where]


def letters(first: str, count: int) -> list[str]:
    return [cell_address(0, ord(first) - ord("A") + i)[:-1] for i in range(count)]


def filled(sheet: xlrd.sheet.Sheet) -> Iterator[tuple[str, xlrd.sheet.Cell]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and str(cell.value).strip():
                yield cell_address(row, column), cell


def test_one_delivery_a_sheet(loaded: Loaded) -> None:
    assert {table: (r.outcome, r.period) for table, r in loaded.receipts.items()} == {
        **dict.fromkeys(READ, ("accepted", "2016")),
        "other_livestock": ("rejected", "2015"),
    }


@pytest.mark.parametrize("table", READ)
def test_each_figure_is_read_from_its_column(loaded: Loaded, table: str) -> None:
    sheet, first, _ = READ[table]
    names = figure_names(table)  # declared in the order in which they stand in the sheet

    assert loaded.facts(table, sheet).columns == {
        "place_code": PLACE_COLUMN.get(table, "A"),
        **dict(zip(names, letters(first, len(names)), strict=True)),
    }


@pytest.mark.parametrize("table", READ)
def test_every_cell_of_the_body_is_the_files(loaded: Loaded, book: xlrd.Book, table: str) -> None:
    name, first, rows = READ[table]
    names = figure_names(table)
    cells = dict(filled(book.sheet_by_name(name)))
    written = {}
    for row in rows:
        for letter, field in zip(letters(first, len(names)), names, strict=True):
            cell = cells.get(f"{letter}{row}")
            if cell is not None and cell.value not in ("=", "--"):
                scale = SCALE.get((table, field)) or SCALE.get(field, Decimal(1))
                number = Decimal(repr(cell.value)) * scale
                written[row, field] = number.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
    read = {
        (row["sheet_row"], field): Decimal(row[field])
        for row in loaded.rows(table).iter_rows(named=True)
        for field in names
        if row[field] is not None
    }

    assert read == written


@pytest.mark.parametrize("table", sorted(READ.keys() - {"grassroots_more"}))
def test_every_place_is_the_files(loaded: Loaded, book: xlrd.Book, table: str) -> None:
    name, _, rows = READ[table]
    cells = dict(filled(book.sheet_by_name(name)))
    written = {row: PLACES[cells[f"A{row}"].value] for row in rows}

    assert dict(loaded.rows(table).select("sheet_row", "place_code").iter_rows()) == written


def test_under_overwritten_labels_the_line_code_tells_the_place(loaded: Loaded) -> None:
    read = dict(loaded.rows("grassroots_more").select("place_code", "poor_persons").iter_rows())
    assert read == {
        PLACES["松柏镇"]: 1830,
        PLACES["木鱼镇"]: 604,
        PLACES["红坪镇"]: 1289,
        PLACES["新华镇"]: 658,
        PLACES["下谷乡"]: 648,
    }


def test_two_lines_of_one_code_are_both_rejected(loaded: Loaded) -> None:
    rejected = loaded.rejected("grassroots_more").select("cell", "rule")

    assert rejected.rows() == [("C20", "key__duplicate"), ("C21", "key__duplicate")]


def test_places_without_a_figure_are_skipped(loaded: Loaded) -> None:
    skipped = {table: receipt.rows.skipped for table, receipt in loaded.receipts.items() if table in READ}

    assert skipped == {
        "grassroots": 1, "grassroots_more": 3, "labour_transfer": 1, "cropland": 0, "farm_inputs": 1,
        "autumn_grain": 1, "herbs": 0, "forest_products": 1, "livestock": 1, "large_farms": 6,
    }  # fmt: skip


@pytest.mark.parametrize("table", READ)
def test_candidates_are_accepted_rejected_or_skipped(loaded: Loaded, table: str) -> None:
    rows = loaded.receipts[table].rows

    assert rows.candidate == rows.accepted + rows.rejected + rows.skipped
    assert rows.accepted == len(READ[table][2])


@pytest.mark.parametrize("table", [*READ, "other_livestock"])
def test_every_cell_of_every_sheet_is_classed(loaded: Loaded, book: xlrd.Book, table: str) -> None:
    facts = loaded.receipts[table].sheets
    counted = {sheet.name: sum(1 for _ in filled(sheet)) for sheet in book.sheets()}

    assert {sheet.name: sheet.read_cells for sheet in facts} == counted
    assert {sheet.name: sum(sheet.classes.values()) for sheet in facts} == counted
    assert all(sum(sheet.ignored_reasons.values()) == sheet.classes.get("ignored", 0) for sheet in facts)


def test_lines_of_last_year_and_change_are_no_data(loaded: Loaded) -> None:
    reasons = loaded.facts("autumn_grain", "粮食作物生产情况_二_").ignored_reasons

    assert reasons == {"对比或其中行，不是数据": 94, "未填报的行": 2, "表外的验算，不是数据": 2}


def test_totals_are_kept_and_held_against_the_rows(loaded: Loaded) -> None:
    assert {table: len(loaded.receipts[table].control_totals) for table in READ} == {
        "grassroots": 62, "grassroots_more": 32, "labour_transfer": 54, "cropland": 34, "farm_inputs": 34,
        "autumn_grain": 40, "herbs": 32, "forest_products": 22, "livestock": 64, "large_farms": 34,
    }  # fmt: skip


def test_these_totals_disagree_in_the_file_itself(loaded: Loaded) -> None:
    disagreeing = [
        (table, total.cell, total.field, total.printed, total.computed)
        for table in READ
        for total in loaded.receipts[table].control_totals
        if not total.agrees
    ]
    assert disagreeing == [
        ("grassroots", "E11", "townships_xiang", 2, 3),
        ("grassroots", "F11", "townships_zhen", 6, 7),
        ("grassroots", "E25", "townships_xiang", 2, 3),
        ("grassroots", "F25", "townships_zhen", 6, 7),
        ("cropland", "D10", "opening_mu", 75000, 75001),
        ("herbs", "J24", "herbs_mu", 16671, 24671),
        ("herbs", "K24", "herbs_tonnes", Decimal("1784252.1"), Decimal("3284.2521")),
        ("forest_products", "M9", "pepper_tonnes", Decimal("0.4"), Decimal("410.2")),
        ("livestock", "Z9", "beef_tonnes", 208, Decimal("221.95")),
    ]


def test_a_total_of_what_rounded_rows_show_agrees(loaded: Loaded) -> None:
    """N15 and N16 hold 11652.5 and 7767.8, and show 11653 and 7768."""
    [total] = [total for total in loaded.receipts["cropland"].control_totals if total.cell == "N10"]

    assert (total.printed, total.computed, total.agrees) == (Decimal(77069), Decimal("77068.3"), True)


def test_a_sheet_that_states_another_year_than_the_file_is_rejected(loaded: Loaded) -> None:
    assert [(reason.rule, reason.cell) for reason in loaded.receipts["other_livestock"].reasons] == [
        ("delivery__period_mismatch", "A3")
    ]


def test_the_rules_that_a_sheet_prints_go_with_its_receipt(loaded: Loaded) -> None:
    rules = {table: receipt.printed_rules for table, receipt in loaded.receipts.items()}
    replies = "".join(path.read_text("utf-8") for path in loaded.home.outbox.glob("*/*.回执.html"))

    assert {table: len(of) for table, of in rules.items() if of} == {
        "grassroots": 10, "cropland": 2, "labour_transfer": 1
    }  # fmt: skip
    for cell in ("N15", "N16", "N24"):
        assert f'<td class="short">{cell}</td><td>不合表内所印的关系“11=12+16”（A25）；请核对</td>' in replies
