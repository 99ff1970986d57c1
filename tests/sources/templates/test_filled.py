"""A form filled with valid values loads whole; one wrong cell is named, and nothing else."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from schemas.field import Column
from schemas.validate import rules
from sources.county.contract import WorkbookContract
from sources.reading.worker import Reader
from sources.templates.choices import township_field
from tests.examples import examples
from tests.sources.templates.filling import (
    ONCE,
    TEXT_FORMS,
    WORKBOOK_FORMS,
    Fault,
    Problem,
    Sent,
    blank,
    fill_text,
    fill_workbook,
    keys_of,
    send,
)  # fmt: skip
from tests.sources.templates.template_values import Form, Row, faults, keyed, records
from tests.sources.templates.unusual_forms import unusual_forms

pytestmark = pytest.mark.load  # of a file for every form, many times over

FORMS = WORKBOOK_FORMS + TEXT_FORMS + unusual_forms()
MOST_ROWS = 20
UNSHRUNK = settings(
    examples(4), phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
"""Shrinking a form of many columns takes minutes and says no more than the cell that is named."""


blank_once = cache(blank)


def rows_for(form: Form, at_least: int, at_most: int) -> st.SearchStrategy[list[Row]]:
    """Rows for every record that the form itself gives a key, else as many as are asked for."""
    drawn = records(form, at_least, at_most)
    given_keys = keys_of(form, blank_once(form)[0]) if isinstance(form.contract, WorkbookContract) else []
    return drawn.map(lambda rows: keyed(rows, given_keys)) if given_keys else drawn


def send_filled(
    form: Form, rows: list[Row], wrong: list[Fault], reader: Reader
) -> tuple[Sent, list[Problem]]:
    if isinstance(form.contract, WorkbookContract):
        template, data = blank_once(form)
        filled, at = fill_workbook(form, template, data, rows, wrong)
        return send(form, "表.xlsx", filled, rows, reader), at
    name, data, at = fill_text(form, rows, wrong)
    return send(form, name, data, rows, reader), at


@pytest.mark.parametrize("form", FORMS, ids=str)
@UNSHRUNK
@given(data=st.data())
def test_what_was_filled_in_is_what_is_staged(form: Form, data: st.DataObject, reader: Reader) -> None:
    rows = data.draw(rows_for(form, 1, MOST_ROWS))

    sent, _ = send_filled(form, rows, [], reader)

    assert sent.problems == {}
    assert [reason.message for reason in sent.receipt.reasons] == []
    assert (sent.receipt.outcome, sent.receipt.period) == ("accepted", form.period)
    assert sent.staged == sent.expected


def wrong_values(form: Form, column: Column) -> list[object]:
    """In a workbook an identifier can be stored as a number; a line or heading that lacks is no wrong cell."""
    wrong = faults(form, column)
    if not isinstance(form.contract, WorkbookContract):
        return wrong
    layout = form.contract.workbook
    if column.name == layout.value_name:
        return []
    if column.dtype == pl.String and not column.allowed and not column.place:
        wrong.append(12345678)
    return [value for value in wrong if value is not None or column.name not in layout.lines]


def deliveries_of_faults(form: Form) -> Iterator[list[tuple[Column, object]]]:
    """Every wrong value of every column, as many at once as a form has records."""
    values = ((column, value) for column in form.columns for value in wrong_values(form, column))
    given_keys = keys_of(form, blank_once(form)[0]) if isinstance(form.contract, WorkbookContract) else []
    at_once = min(MOST_ROWS, len(given_keys) or MOST_ROWS)
    return iter(lambda: list(islice(values, at_once)), [])


def row_of(where: tuple[str, str, str]) -> tuple[str, str]:
    return where[0], where[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_wrong_cells_are_named_and_no_others(form: Form, reader: Reader) -> None:
    of_rows = {rule.name for rule in rules(form.model) if len(rule.fields) > 1}
    deliveries = list(deliveries_of_faults(form))
    at_least = max(map(len, deliveries))
    rows = find(rows_for(form, at_least, MOST_ROWS), lambda _: True, settings=ONCE)
    for faulty in deliveries:
        wrong = [(record, column.name, value) for record, (column, value) in enumerate(faulty)]

        sent, at = send_filled(form, rows, wrong, reader)

        of_township = {row_of(where) for where in at if where[2] == township_field(form.contract)}
        named = {
            where: broken - of_rows
            for where, broken in sent.problems.items()
            if broken - of_rows and (where in at or row_of(where) not in of_township)
        }  # a place is looked for in the township beside it: where that is wrong, it is not found either
        assert sent.receipt.rows.rejected == len(faulty)
        assert sorted(named) == sorted(at)
        assert all(
            rule.startswith(f"{field}__") for (_, _, field), broken in named.items() for rule in broken
        )
