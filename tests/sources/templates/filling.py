"""Fill blank forms as those who report would, send them, and see what was staged."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from schemas.field import Column
from sources.county.contract import TextContract, WorkbookContract
from sources.county.references import read_references
from sources.delivery import Staging, stage
from sources.home.archive import archive
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.reading.cells import cell_address
from sources.reading.worker import Reader
from sources.replies.outbox import rejected_rows
from sources.staging.persons import pseudonymize
from sources.templates.choices import TOWNSHIP
from sources.templates.page import Page, Template
from sources.templates.plan import plan
from sources.templates.text import fields_of, with_groups
from sources.templates.workbook import write_template
from tests.district import COUNTY, prepare
from tests.sources.templates.template_values import Form, Row

REFERENCES = read_references(COUNTY)
NOW = datetime(2022, 12, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FORMS = [
    Form(contract, next(r for r in REFERENCES.reporters if contract.expects(r.kind, r.code)), REFERENCES)
    for contract in REFERENCES.contracts.values()
]
WORKBOOK_FORMS = [form for form in FORMS if isinstance(form.contract, WorkbookContract)]
TEXT_FORMS = [form for form in FORMS if isinstance(form.contract, TextContract)]
ONCE = settings(phases=[Phase.generate], database=None, derandomize=True, deadline=None)

Fault = tuple[int, str, Any]
"""Of which record, which field is filled with what instead."""

Problem = tuple[str, str, str]
"""Sheet, cell and field of a reason to reject a row."""


@dataclass(frozen=True)
class Sent:
    """What became of a file. staged: the form's fields of the accepted rows; problems: with their rules."""

    receipt: Receipt
    staged: list[tuple[Any, ...]]
    expected: list[tuple[Any, ...]]
    problems: dict[Problem, set[str]]


def blank(form: Form) -> tuple[Template, bytes]:
    template = plan(form.workbook_contract, form.reporter, form.references, form.last_day)
    return template, write_template(template, form.model)


def keys_of(form: Form, template: Template) -> list[Row]:
    """The keys that the form itself gives, one a record; none where the reporter fills them in."""
    entries = [entry for page in template.pages for entry in page.entries if entry.column.key]
    return [{entry.column.name: _code(form, entry.column, text)} for entry in entries for text in entry.given]


def _code(form: Form, column: Column, text: str) -> str | None:
    """What a given text is staged as."""
    if column.place is None:
        return text
    return form.references.places.resolve(text, column.place, form.reporter.division_code, form.last_day)[0]


def fill_workbook(
    form: Form, template: Template, data: bytes, rows: list[Row], faults: list[Fault]
) -> tuple[bytes, list[Problem]]:
    """The filled form, and where each fault lies in it."""
    book = load_workbook(io.BytesIO(data))
    wrong = {(record, name): value for record, name, value in faults}
    at: list[Problem] = []
    for page, first, count in _records_of(template, len(rows)):
        sheet = book[page.name]
        sheet.cell(page.period[0] + 1, page.period[1] + 1, form.period_text)
        for entry in page.entries:
            cells = list(entry.area.cells())
            for record in range(first, first + count):
                row, column = cells[(record - first) if len(cells) > 1 else 0]
                is_wrong = (record, entry.column.name) in wrong
                if is_wrong:
                    at.append((page.name, cell_address(row, column), entry.column.name))
                if is_wrong or not entry.given:
                    value = wrong.get((record, entry.column.name), written(form, entry.column, rows[record]))
                    sheet.cell(row + 1, column + 1).value = value
        calculate(sheet)
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue(), at


def calculate(sheet: Worksheet) -> None:
    """Put the results of a sheet's sums in their place, as Excel does when the form is saved."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (sum_of := re.fullmatch(r"=SUM\((.+)\)", cell.value)):
                numbers = [
                    c.value
                    for line in sheet[sum_of[1]]
                    for c in line
                    if isinstance(c.value, int | float | Decimal)
                ]
                cell.value = sum(map(Decimal, numbers))


def _records_of(template: Template, records: int) -> Iterator[tuple[Page, int, int]]:
    """Each page with its first record and how many it takes."""
    first = 0
    for page in template.pages:
        count = min(max(len(list(entry.area.cells())) for entry in page.entries), records - first)
        yield page, first, count
        first += count


def written(form: Form, column: Column, row: Row) -> Any:
    """A value as a person writes it into a cell."""
    if column.name == TOWNSHIP:
        places = [form.divisions[row[c.name]] for c in form.columns if c.place and row[c.name]]
        return form.divisions[places[0].parent_code].name if places else None
    value = row[column.name]
    if column.place and value is not None:
        return form.divisions[value].name
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def fill_text(form: Form, rows: list[Row], faults: list[Fault]) -> tuple[str, bytes, list[Problem]]:
    """Name and bytes of the text file that a bank's system would write, and where each fault lies in it."""
    layout, wrong = form.text_contract.text, {(record, name): value for record, name, value in faults}
    fields = fields_of(form.text_contract, form.references.columns_to_fill(form.contract.table))
    text, at = io.StringIO(newline=""), []
    out = csv.writer(text, delimiter=layout.delimiter)
    if layout.header:
        out.writerow([name for name, _ in fields])
    first = 1 + layout.header
    lines = []
    for record, row in enumerate(rows):
        line = {}
        for position, (name, column) in enumerate(fields):
            key = column.name if column else name
            if (record, key) in wrong:
                value = wrong[record, key]
                line[key] = "" if value is None else str(value)
                at.append(("", cell_address(first + record - 1, position), key))
            elif column:
                line[key] = _coded(form, column, row)
            else:
                line[key] = form.period if name == layout.period_column else ""
        lines.append(line)
        out.writerow(line.values())
    if layout.trailer:
        sums = {key: str(abs(sum(_amount(line[key]) for line in lines))) for key in lines[0]}
        text.write(_matching(with_groups(layout.trailer, sums | {"rows": str(len(rows))})) + "\r\n")
    stem = with_groups(layout.file_name or "报送", {"date": f"{form.last_day:%Y%m%d}"})
    return _matching(stem), text.getvalue().encode("gb18030"), at


def _coded(form: Form, column: Column, row: Row) -> str:
    value = written(form, column, row)
    if value is None:
        return ""
    if column.name in form.contract.formats:
        return str(value.strftime(form.contract.formats[column.name]))
    codes = {meant: text for text, meant in form.contract.values.get(column.name, {}).items() if text != "*"}
    return str(codes.get(value, value) if isinstance(value, str) else value)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _matching(pattern: str) -> str:
    return str(find(st.from_regex(pattern, fullmatch=True), lambda _: True, settings=ONCE))


def send(form: Form, name: str, data: bytes, rows: list[Row], reader: Reader) -> Sent:
    """Send a file in a home of its own. rows: what it was filled with."""
    names = [column.name for column in form.columns]
    with tempfile.TemporaryDirectory() as root:
        home = Home(Path(root))
        prepare(home)
        path = home.inbox / form.reporter.folder / name
        path.parent.mkdir()
        path.write_bytes(data)
        staging = Staging(home, form.references, archive(home, path, NOW), 1, NOW)
        (receipt,) = stage(staging, reader, lambda _: None)
        staged = [pl.read_parquet(home.root / part.path).select(names) for part in receipt.staged_files]
        expected = pseudonymize(form.typed(rows), form.columns, home.person_key(), form.reporter.code)
        problems: dict[Problem, set[str]] = {}
        for row in rejected_rows(home, receipt).iter_rows(named=True):
            if row["severity"] == "reject":
                at = (row["sheet_name"], row["cell"], row["field"])
                problems.setdefault(at, set()).add(row["rule"])
    return Sent(
        receipt, [row for part in staged for row in part.rows()], expected.select(names).rows(), problems
    )
