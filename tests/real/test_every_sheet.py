"""Every sheet of the rural yearbook that has a row of codes, read by a contract made from that row alone.

What the chosen sheets show of layouts, this shows of the mechanism: no sheet needs more than its codes.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
import pytest
import xlrd

from schemas.field import field
from schemas.lineage import Staged
from sources.county.contract import Contract, contract_of
from sources.county.references import References
from sources.layout.draft import Draft
from sources.reading.cells import cell_address
from sources.reading.workbook import read_workbook
from sources.staging.parse import parse
from sources.text.squeeze import squeeze
from sources.text.unit import is_unit
from sources.workbook_delivery import workbook_drafts
from tests.district import read_references_of, references_of
from tests.real.loading import HERE
from tests.real.tables import STATISTICS

pytestmark = pytest.mark.real

FILE = "0000_2016年农村统计年报汇总表.xls"
PLACES = {"松柏镇", "阳日镇", "木鱼镇", "红坪镇", "新华镇", "宋洛乡", "九湖镇", "下谷乡", "林管局"}
NO_NUMBER = {"", "=", "-", "--", "—"}


@pytest.fixture(scope="module")
def book(real_folder: Path) -> xlrd.Book:
    return xlrd.open_workbook(real_folder / "township_annual_2016" / FILE)


@pytest.fixture(scope="module")
def references(book: xlrd.Book) -> References:
    contracts, tables = {}, {}
    for sheet in book.sheets():
        if codes := codes_of(sheet):
            units = texts_of(sheet, {"计算单位", "计量单位"}) or [""] * sheet.ncols
            once = {code: units[at] for at, code in enumerate(codes) if code and codes.count(code) == 1}
            tables[sheet.name] = table(sheet.name, once)
            contracts[sheet.name] = contract(
                sheet, list(once), {code for code in codes if code} - once.keys()
            )
    read = read_references_of(HERE / "statistics", STATISTICS)
    return references_of(contracts, tables, read.places, read.reporters, read.folder)


def codes_of(sheet: xlrd.sheet.Sheet) -> list[str]:
    """By column, what its code row says; empty for a sheet without one."""
    texts = texts_of(sheet, {"汇总代码", "代码总汇", "代码", "甲"})
    return [text.removesuffix(".0") if text.removesuffix(".0").isdigit() else "" for text in texts]


def texts_of(sheet: xlrd.sheet.Sheet, labels: set[str]) -> list[str]:
    rows = ([squeeze(str(cell.value)) for cell in sheet.row(row)] for row in range(sheet.nrows))
    return next((texts for texts in rows if texts[0] in labels), [])


def table(name: str, units: dict[str, str]) -> type[pa.DataFrameModel]:
    fields: dict[str, Any] = {"place_code": field("地", description="地", key=True, place="any")}
    for code, unit in units.items():
        unit_or_none = unit if is_unit(unit) else None
        fields[f"code_{code}"] = field(code, description=code, unit=unit_or_none, nullable=True)
    types = {"place_code": str} | dict.fromkeys(list(fields)[1:], Annotated[pl.Decimal, 24, 6])
    return type(name, (Staged,), fields | {"__annotations__": types, "__module__": __name__})


def contract(sheet: xlrd.sheet.Sheet, codes: list[str], twice: set[str]) -> Contract:
    return contract_of(
        {
            "name": sheet.name, "table": sheet.name, "title": [sheet.cell_value(0, 0)],
            "reporters": ["bureau"], "cadence": "year", "due_days": 31, "totals": "report",
            "skip_unfilled_rows": True, "missing": ["="],
            "columns": {"place_code": ["指标名称", "项目"]} | {f"code_{code}": [code] for code in codes},
            "ignored_columns": {"编号": "行号", "编码": "行号", "十六、主要林产品产量": "没有代码", "": "表外"}
            | dict.fromkeys(twice, "代码重复"),
            "workbook": {
                "shape": "rows", "sheet": [sheet.name],
                "total_rows": ["本年", "横向合计", "合计（横向）"], "memo_rows": ["上年", "增减", "增减%"],
                "footer": ["说明"],
            },
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def drafts(real_folder: Path, references: References) -> dict[str, Draft]:
    workbook = read_workbook((real_folder / "township_annual_2016" / FILE).read_bytes())
    all_drafts = workbook_drafts(workbook, FILE, references, references.reporters[0])
    return {draft.contract.name: draft for draft in all_drafts if draft.contract}


def test_every_sheet_is_read_without_a_reason_against_it(drafts: dict[str, Draft]) -> None:
    assert len(drafts) == 25
    assert {name: draft.reasons for name, draft in drafts.items() if draft.reasons} == {}
    assert Counter(draft.period for draft in drafts.values()) == {"2016": 25}


def test_every_figure_of_every_place_is_the_files(
    drafts: dict[str, Draft], references: References, book: xlrd.Book
) -> None:
    read = {cell: value for draft in drafts.values() for cell, value in figures(draft, references)}
    written = {
        (sheet.name, cell_address(row, column)): value
        for sheet in book.sheets()
        if sheet.name in drafts
        for row in range(sheet.nrows)
        if sheet.cell_value(row, 0) in PLACES
        for column, code in enumerate(codes_of(sheet))
        if f"code_{code}" in references.tables[sheet.name].to_schema().columns
        if (value := number(sheet.cell_value(row, column))) is not None
    }

    assert len(written) > 3000
    assert read == written


def figures(draft: Draft, references: References) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Sheet and cell of every figure that was read, and the figure."""
    assert draft.contract is not None
    columns = references.columns_to_fill(draft.contract.table)
    letters = next(facts for facts in draft.sheets if facts.name == draft.contract.name).columns
    for part in draft.parts():
        parsed = parse(part.candidates, columns, draft.contract, references.places)
        assert parsed.unread.is_empty()
        for row, read in zip(part.where["sheet_row"], parsed.values.iter_rows(named=True), strict=True):
            for name, value in read.items():
                if name != "place_code" and value is not None:
                    yield (draft.contract.name, f"{letters[name]}{row}"), value


def number(written: str | float) -> Decimal | None:
    text = squeeze(written) if isinstance(written, str) else repr(written)
    if text in NO_NUMBER:
        return None
    return Decimal(text).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
