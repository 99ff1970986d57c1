"""A blank form: the reader knows its headings, only what is to be filled can be, and it says what is meant."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from schemas.field import columns, field
from schemas.lineage import Staged
from sources.reading.worker import Reader
from sources.templates.choices import TOWNSHIP, columns_of, township_field
from sources.templates.headings import heading_path
from sources.templates.limits import limits
from sources.templates.page import Area, EntryArea, Page, Template
from sources.templates.words import name_of, note
from sources.templates.workbook import LISTS_SHEET
from tests.sources.templates.filling import WORKBOOK_FORMS, blank, send
from tests.sources.templates.template_values import Form
from tests.sources.templates.unusual_forms import unusual_forms

every_form = pytest.mark.parametrize("form", WORKBOOK_FORMS + unusual_forms(), ids=str)


@cache
def written(form: Form) -> tuple[Template, bytes, Workbook]:
    template, data = blank(form)
    return template, data, load_workbook(io.BytesIO(data))


def entries(form: Form) -> list[tuple[Worksheet, Page, EntryArea]]:
    template, _, book = written(form)
    return [(book[page.name], page, entry) for page in template.pages for entry in page.entries]


def locked(sheet: Worksheet, area: Area) -> set[bool]:
    return {sheet.cell(row + 1, column + 1).protection.locked for row, column in area.cells()}


def check_of(sheet: Worksheet, area: Area) -> DataValidation:
    """The check that holds for all cells of an area."""
    corners = [sheet.cell(row + 1, column + 1).coordinate for row, column in area.cells()]
    checks = [check for check in sheet.data_validations.dataValidation if corners[0] in check.sqref]
    assert all(corner in check.sqref for check in checks for corner in corners)
    assert checks, corners
    check: DataValidation = checks[0]
    return check


@every_form
def test_the_reader_knows_every_heading_and_only_misses_the_period(form: Form, reader: Reader) -> None:
    template, data, _ = written(form)

    receipt = send(form, "表.xlsx", data, [], reader).receipt

    assert receipt.contract == form.contract.name
    sums = {"delivery__formula_without_result"} if any(page.sums for page in template.pages) else set()
    assert {reason.rule for reason in receipt.reasons} == {"delivery__period_missing"} | sums
    fields_by_sheet = {sheet.name: {*sheet.columns, *sheet.cells} for sheet in receipt.sheets}
    for page in template.pages:
        asked = {entry.column.name for entry in page.entries} - {TOWNSHIP}
        assert {name.partition("[")[0] for name in fields_by_sheet[page.name]} == asked


@every_form
def test_only_what_is_to_be_filled_can_be_changed(form: Form) -> None:
    template, _, book = written(form)
    assert all(sheet.protection.sheet for sheet in book)
    for page in template.pages:
        sheet = book[page.name]
        assert not sheet.cell(page.period[0] + 1, page.period[1] + 1).protection.locked
        for label in page.labels:
            assert locked(sheet, label.area) == {label.style != "signature"}
    for sheet, _, entry in entries(form):
        assert locked(sheet, entry.area) == {bool(entry.given)}


@every_form
def test_closed_lists_drop_down(form: Form) -> None:
    template, _, book = written(form)
    for sheet, _, entry in entries(form):
        if entry.column.name in template.choices and not entry.given:
            check = check_of(sheet, entry.area)
            name, cells = check.formula1.replace("$", "").split("!")
            texts = [cell.value for (cell,) in book[name.strip("='")][cells]]
            assert (check.type, texts) == ("list", template.choices[entry.column.name])
            assert book[LISTS_SHEET].sheet_state == "hidden"


@pytest.mark.parametrize("form", [f for f in WORKBOOK_FORMS if f.contract.places.township], ids=str)
def test_where_a_village_or_community_lies_can_be_chosen(form: Form) -> None:
    template, _, _ = written(form)
    places = [code for column in form.columns if column.place for code in form.places(column)]
    parents = {form.divisions[code].parent_code for code in places if not code.endswith("000")}
    offered = set(template.choices[township_field(form.contract) or TOWNSHIP])
    assert {form.divisions[code].name for code in parents} <= offered
    assert offered <= {place.name for place in form.divisions.values() if place.code.endswith("000")}


@every_form
def test_numbers_and_days_are_checked_and_identifiers_stay_text(form: Form) -> None:
    for sheet, _, entry in entries(form):
        row, column = next(entry.area.cells())
        shown = sheet.cell(row + 1, column + 1).number_format
        if entry.column.dtype.is_numeric() or entry.column.dtype.is_temporal():
            assert check_of(sheet, entry.area).type in ("whole", "decimal", "date")
            assert shown not in ("@", "General")
        else:
            assert shown == "@"


@every_form
def test_every_check_says_what_is_wrong_and_what_to_do(form: Form) -> None:
    _, _, book = written(form)
    checks = [check for sheet in book for check in sheet.data_validations.dataValidation]
    messages = [check.error for check in checks if check.type not in (None, "none")]
    assert messages
    assert all(re.fullmatch("“.+”.*应.+；请.+", text) for text in messages)


@every_form
def test_every_heading_has_a_note_of_its_meaning(form: Form) -> None:
    template, _, book = written(form)
    for page in template.pages:
        notes = {cell.comment.text for row in book[page.name].iter_rows() for cell in row if cell.comment}
        headed = [column for column in template.columns if column.name in {label.of for label in page.labels}]
        assert notes == {note(form.contract, column) for column in headed}
        assert {column.name for column in headed} >= {
            c.name for c in form.columns if form.contract.columns.get(c.name, [""])[0]
        }


@every_form
def test_totals_add_up_the_body(form: Form) -> None:
    template, _, book = written(form)
    for page in template.pages:
        for (row, column), area in page.sums.items():
            letter = get_column_letter(column + 1)
            formula = f"=SUM({letter}{area.top + 1}:{letter}{area.bottom + 1})"
            assert book[page.name].cell(row + 1, column + 1).value == formula
            assert {(row - 1, column)} <= set(area.cells())


@pytest.mark.parametrize(
    "form", [f for f in WORKBOOK_FORMS if f.workbook_contract.workbook.ignore_sheets], ids=str
)
def test_the_explanation_tells_of_every_column(form: Form) -> None:
    template, _, book = written(form)
    sheet = book[form.workbook_contract.workbook.ignore_sheets[0]]
    explanations = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    for column in template.columns:
        _, meaning, unit, must, _, _ = explanations[name_of(form.contract, column)]
        assert (meaning, unit) == (column.description, column.unit or "—")
        assert must == ("必填" if form.contract.needs(column) else "可不填")


@every_form
def test_it_prints_across_a4_with_its_heading_on_every_page(form: Form) -> None:
    template, _, book = written(form)
    for page in template.pages:
        sheet = book[page.name]
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows == f"${page.heading[0] + 1}:${page.heading[1] + 1}"
        assert sheet.freeze_panes == f"B{page.heading[1] + 2}"


@every_form
def test_it_is_the_same_every_time(form: Form) -> None:
    assert blank(form)[1] == written(form)[1]


def test_a_blank_form_is_filled_in_the_unit_and_level_of_the_contract() -> None:
    form = unusual_forms()[0]
    places = form.contract.places.model_copy(update={"level": {"village_code": "community"}})
    contract = form.contract.model_copy(update={"units": {"paddy_mu": "公顷"}, "places": places})
    village, paddy, *_ = columns_of(contract, form.references.columns_to_fill("cropland"))

    assert (village.place, paddy.unit) == ("community", "公顷")
    assert heading_path(contract, paddy) == ("耕地", "*水田\n（公顷）")


def test_limits_are_in_the_unit_in_which_a_form_is_filled() -> None:
    class StagedHerd(Staged):
        herd_code: str = field("编号", description="编号", key=True)
        area_mu: pl.Int64 = field("草地", description="草地面积", unit="亩", ge=30, le=3000)

    area = replace(columns(StagedHerd)[-1], unit="公顷")
    assert (limits(StagedHerd, area).lower, limits(StagedHerd, area).upper) == (Decimal(2), Decimal(200))


def test_what_must_be_filled_is_marked_and_what_the_form_is_stands_below_its_title() -> None:
    form = next(form for form in WORKBOOK_FORMS if form.contract.name == "agri_processing.quarter")
    template, _, book = written(form)
    sheet, page = book[template.pages[0].name], template.pages[0]
    by_field = {label.of: label.text for label in page.labels if label.style == "heading" and label.of}

    assert by_field["credit_code"] == "*统一社会信用代码"
    assert by_field["sales_revenue_ytd_yuan"] == "*农产品加工销售收入\n（万元）"
    assert sheet["A2"].value == "表号：示例1表　　制定机关：云冈区农业农村局（示例）　　有效期至：2023年12月"
    assert [cell.value for cell in sheet[3][:3]] == [f"填报单位：{form.reporter.name}", None, "标 * 的必填"]


def test_a_form_of_which_nothing_more_is_known_has_no_line_for_it() -> None:
    form = next(form for form in WORKBOOK_FORMS if form.contract.name == "rural_tourism.month")
    template, _, book = written(form)
    assert str(book[template.pages[0].name]["A2"].value).startswith("填报单位：")
