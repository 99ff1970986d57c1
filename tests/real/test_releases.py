"""Single releases of statistics bureaus: indicators that run down, three tables in a sheet, no title at all."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
import xlrd

from schemas.field import columns
from tests.real.loading import Loaded, load
from tests.real.tables import STATISTICS

pytestmark = pytest.mark.real

SURVEY = "0016_神农架2016年住户调查资料(二季度).xls"
INCOME = "0021_2016年分市州居民可支配收入（年报）.xls"
RETAIL = "0076_2016年1至10月社会品消费品零售总额（全省）.xlsx"

# first and last row of each of the three tables of incomes
INCOMES = {"city_income": (6, 22), "urban_income": (27, 43), "rural_income": (48, 64)}


@pytest.fixture(scope="module")
def folder(real_folder: Path) -> Path:
    return real_folder / "township_annual_2016"


@pytest.fixture(scope="module")
def loaded(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    files = {
        f"神农架林区统计局/{SURVEY}": folder / SURVEY,
        f"湖北省统计局/{INCOME}": folder / INCOME,
        f"湖北省统计局/{RETAIL}": folder / RETAIL,
    }
    return load(tmp_path_factory.mktemp("releases"), "statistics", STATISTICS, files)


def cents(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def millionths(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def test_every_release_is_accepted(loaded: Loaded) -> None:
    assert {table: (r.outcome, r.period, r.rows.accepted) for table, r in loaded.receipts.items()} == {
        "household_survey": ("accepted", "2016-Q2", 3),
        "city_income": ("accepted", "2016", 17),
        "urban_income": ("accepted", "2016", 17),
        "rural_income": ("accepted", "2016", 17),
        "retail_sales": ("accepted", "2016-10", 17),
    }


def test_each_value_column_of_a_form_is_a_record(loaded: Loaded, folder: Path) -> None:
    sheet = xlrd.open_workbook(folder / SURVEY).sheet_by_index(0)
    names = [column.name for column in columns(STATISTICS["household_survey"]) if column.unit == "元"]
    written = {
        sheet.cell_value(2, at): {name: cents(sheet.cell_value(3 + i, at)) for i, name in enumerate(names)}
        for at in (3, 4, 5)
    }
    read = loaded.rows("household_survey")

    assert {row["households"]: {n: row[n] for n in names} for row in read.iter_rows(named=True)} == {
        name.replace("（", "(").replace("）", ")"): figures for name, figures in written.items()
    }


def test_a_receipt_tells_the_cell_of_each_record_of_a_form(loaded: Loaded) -> None:
    cells = loaded.facts("household_survey", "Sheet1").cells

    assert {name: cells[name] for name in ("households", "households[2]", "food_yuan", "food_yuan[3]")} == {
        "households": "D3", "households[2]": "E3", "food_yuan": "D13", "food_yuan[3]": "F13",
    }  # fmt: skip


@pytest.mark.parametrize("table", INCOMES)
def test_tables_below_one_another_are_deliveries_of_their_own(
    loaded: Loaded, folder: Path, table: str
) -> None:
    sheet = xlrd.open_workbook(folder / INCOME).sheet_by_index(0)
    first, last = INCOMES[table]
    written = [
        (
            row,
            cents(sheet.cell_value(row - 1, 2)),
            cents(sheet.cell_value(row - 1, 3)),
            millionths(sheet.cell_value(row - 1, 4)),
        )
        for row in range(first, last + 1)
    ]
    figures = ("sheet_row", "income_yuan", "prior_income_yuan", "growth_pct")

    assert loaded.rows(table).select(figures).rows() == written


def test_short_names_are_known_as_places(loaded: Loaded) -> None:
    codes = loaded.rows("rural_income").select("sheet_row", "city_code")

    assert dict(codes.iter_rows())[60] == "422800000000"  # 恩施州
    assert dict(codes.iter_rows())[64] == "429021000000"  # 神农架
    assert codes["city_code"].n_unique() == 17


def test_a_sheet_without_title_is_known_by_its_name_and_its_places_by_their_column(
    loaded: Loaded, folder: Path
) -> None:
    sheet = openpyxl.load_workbook(folder / RETAIL).active
    written = [
        (Decimal(repr(row[1].value)) * 10**8, millionths(row[2].value)) for row in sheet.iter_rows(min_row=3)
    ]
    read = loaded.rows("retail_sales")

    assert read.select("sales_ytd_yuan", "growth_pct").rows() == written
    assert read["sales_ytd_yuan"][0] == Decimal("451113000000.00")
    assert read["city_code"][0] == "420100000000"


def test_the_provinces_sales_are_more_than_its_cities(loaded: Loaded) -> None:
    [total] = loaded.receipts["retail_sales"].control_totals

    assert (total.cell, total.label, total.agrees) == ("B2", "全省", False)
    assert total.printed is not None
    assert total.printed - total.computed == Decimal("9346000000")


@pytest.mark.parametrize("table", ["household_survey", *INCOMES, "retail_sales"])
def test_every_cell_is_classed(loaded: Loaded, table: str) -> None:
    for facts in loaded.receipts[table].sheets:
        assert sum(facts.classes.values()) == facts.read_cells
