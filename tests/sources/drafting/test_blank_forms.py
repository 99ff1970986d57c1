"""Blank forms of every stock contract, drafted: headings and units come back as the contract has them."""

from datetime import date

import pytest

from sources.county.contract import WorkbookContract
from sources.drafting.forms import DraftedForm, draft_workbook
from sources.drafting.toml_text import write_toml
from sources.reading.workbook import read_workbook
from sources.templates.page import Template
from sources.templates.plan import plan
from sources.templates.words import name_of
from sources.templates.workbook import write_template
from sources.text.squeeze import squeeze
from tests.district import REFERENCES
from tests.sources.drafting.sheets import contract


def blank(form: WorkbookContract) -> tuple[Template, DraftedForm]:
    """The blank form of a contract for one who sends it, and what is drafted from it."""
    reporter = next(r for r in REFERENCES.reporters if form.expects(r.kind, r.code))
    template = plan(form, reporter, REFERENCES, date(2022, 12, 31))
    data = write_template(template, REFERENCES.tables[form.table])
    [drafted] = draft_workbook(read_workbook(data), REFERENCES)
    return template, drafted


@pytest.mark.parametrize("form", REFERENCES.workbook_contracts, ids=lambda form: form.name)
def test_headings_and_units_come_back(form: WorkbookContract) -> None:
    template, drafted = blank(form)
    printed = {squeeze("/".join(part.column.path)).partition("(")[0]: part for part in drafted.fields}
    by_heading = {
        heading: part for part in drafted.fields for heading in (part.column.heading, *part.headings)
    }
    in_lines = set(form.workbook.lines)

    for column in template.columns:
        if column.name in in_lines:
            assert part_of_line(drafted, form.workbook.lines[column.name])
            continue
        name = squeeze(name_of(form, column))
        part = by_heading.get(name) or printed.get(name)
        assert part is not None, name
        assert part.column.unit == column.unit
        assert part.role in ("data", "place", "township", "personal")
        assert (part.role == "personal") >= (column.pii == "id_number")


def part_of_line(drafted: DraftedForm, labels: list[str]) -> bool:
    return drafted.lines.get("place") in labels


@pytest.mark.parametrize("form", REFERENCES.workbook_contracts, ids=lambda form: form.name)
def test_fields_are_called_as_in_the_stock_form_or_marked(form: WorkbookContract) -> None:
    template, drafted = blank(form)
    names = {column.name for column in template.columns}

    named = [part for part in drafted.read_fields if part.role == "data"]
    assert [part.name for part in named if part.name not in names and not part.doubts] == []


@pytest.mark.parametrize("form", REFERENCES.workbook_contracts, ids=lambda form: form.name)
def test_the_draft_is_a_contract(form: WorkbookContract) -> None:
    _, drafted = blank(form)

    assert contract(drafted).title[0] in template_title(form)
    assert "待核" in write_toml(drafted)


def template_title(form: WorkbookContract) -> list[str]:
    return [squeeze(title) for title in form.title]
