"""Columns of text to typed columns: what is read, what is missing, and which cell cannot be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.county.references import References, read_references
from sources.layout.draft import Candidates
from sources.staging.parse import Parsed, parse
from tests.district import COUNTY
from tests.examples import examples

Texts = list[str | None]


@pytest.fixture(scope="module")
def references() -> References:
    return read_references(COUNTY)


def read(
    references: References,
    contract: str,
    texts: dict[str, Texts],
    kinds: dict[str, str] | None = None,
    units: dict[str, Decimal] | None = None,
    township: Texts | None = None,
    within: str | None = None,
) -> Parsed:
    form = references.contracts[contract]
    frame = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String))
    full_kinds = None if kinds is None else {name: kinds.get(name, "t" * frame.height) for name in texts}
    candidates = Candidates(
        frame,
        full_kinds,
        units or {},
        pl.Series(township, dtype=pl.String) if township else None,
        within,
        date(2022, 12, 31),
    )
    return parse(candidates, references.columns_to_fill(form.table), form, references.places)


def test_plain_and_odd_texts_of_a_column_are_read_alike(references: References) -> None:
    parsed = read(
        references, "loan_note.rcb_ledger", {"amount_yuan": ["100", " 1,000.5 ", "２００", "0.005", None]}
    )

    assert parsed.values["amount_yuan"].to_list() == [
        Decimal("100.00"), Decimal("1000.50"), Decimal("200.00"), Decimal("0.01"), None,
    ]  # fmt: skip
    assert parsed.unread.height == 0


def test_missing_is_null_and_unreadable_is_a_reason(references: References) -> None:
    parsed = read(
        references,
        "loan_note.rcb_ledger",
        {"amount_yuan": ["—", "约一百"], "grant_date": ["/", "2022-13-01"]},
    )

    assert parsed.values.select("amount_yuan", "grant_date").rows() == [(None, None), (None, None)]
    assert parsed.unread.rows() == [(1, "amount_yuan", "parse"), (1, "grant_date", "parse")]


def test_a_column_in_wan_yuan_is_scaled(references: References) -> None:
    parsed = read(
        references,
        "agri_processing.quarter",
        {"sales_revenue_ytd_yuan": ["1.5", "2元", "1.000001", "1.0000005"]},
        units={"sales_revenue_ytd_yuan": Decimal(10000)},
    )

    yuan = [Decimal("15000.00"), Decimal("2.00"), Decimal("10000.01"), Decimal("10000.01")]
    assert parsed.values["sales_revenue_ytd_yuan"].to_list() == yuan


def test_words_of_a_closed_list_are_squeezed_and_stand_for_its_members(references: References) -> None:
    parsed = read(references, "agri_processing.quarter", {"cluster": ["乳 品", "糕店杂粮", "煤炭", "—"]})

    assert parsed.values["cluster"].to_list() == ["乳品", "糕点杂粮", "煤炭", None]
    assert parsed.unread.height == 0  # the table's own rule rejects 煤炭


def test_any_other_purpose_is_other(references: References) -> None:
    parsed = read(references, "loan_note.rcb_ledger", {"purpose": ["养牛", "种植", "给儿子娶媳妇", ""]})

    assert parsed.values["purpose"].to_list() == ["养殖", "种植", "其他", None]


def test_a_blank_stands_for_what_the_contract_says_it_does(references: References) -> None:
    texts: Texts = [None, "—", "02"]
    flow = read(references, "loan_transaction.pboc_flow", {"grant_type": texts})
    assert flow.values["grant_type"].to_list() == ["新增", "新增", "无还本续贷"]

    ledger = read(references, "loan_note.rcb_ledger", {"grant_type": texts[:2]})
    assert ledger.values["grant_type"].to_list() == [None, None]


def test_identifiers_stay_text_and_are_refused_as_numbers(references: References) -> None:
    parsed = read(
        references, "loan_note.citic_register", {"note_number": ["007", "7"]}, kinds={"note_number": "tn"}
    )

    assert parsed.values["note_number"].to_list() == ["007", None]
    assert parsed.unread.rows() == [(1, "note_number", "number_as_identifier")]


def test_an_error_cell_is_named_whatever_its_column(references: References) -> None:
    parsed = read(
        references,
        "agri_processing.quarter",
        {"cluster": ["#N/A"], "output_value_ytd_yuan": ["#DIV/0!"]},
        kinds={"cluster": "e", "output_value_ytd_yuan": "e"},
    )

    assert parsed.unread.rows() == [(0, "cluster", "error_cell"), (0, "output_value_ytd_yuan", "error_cell")]


def test_a_village_is_looked_up_in_the_rows_township(references: References) -> None:
    parsed = read(
        references,
        "loan_note.rcb_ledger",
        {"village_code": ["杨家窑村", "杨家窑村", "口泉", "东韩岭村", None]},
        township=["口泉乡", "西韩岭乡", "口泉乡", None, "口泉乡"],
    )

    assert parsed.values["village_code"].to_list() == ["140214200229", None, None, "140214206201", None]
    assert parsed.unread.rows() == [
        (1, "village_code", "unknown_place"),
        (2, "village_code", "ambiguous_place"),
    ]


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        ({}, [None, "140214200229"]),
        ({"village_code": "township"}, ["140214200000", None]),
        ({"village_code": "village_level"}, [None, "140214200229"]),
    ],
    ids=["of the table", "of the contract", "the same"],
)
def test_a_place_is_looked_up_at_the_contracts_level(
    references: References, level: dict[str, Any], codes: list[str | None]
) -> None:
    ledger = references.contracts["loan_note.rcb_ledger"]
    places = ledger.places.model_copy(update={"level": level})
    other = replace(
        references,
        contracts=references.contracts | {ledger.name: ledger.model_copy(update={"places": places})},
    )
    parsed = read(other, ledger.name, {"village_code": ["口泉乡", "杨家窑村"]}, township=["口泉乡", "口泉乡"])

    assert parsed.values["village_code"].to_list() == codes


def test_a_word_for_no_value_is_no_place_and_no_township(references: References) -> None:
    ledger = references.contracts["loan_note.rcb_ledger"].model_copy(update={"missing": ["null"]})
    other = replace(references, contracts=references.contracts | {ledger.name: ledger})
    texts: Texts = ["Null", "东韩岭村"]
    parsed = read(other, ledger.name, {"village_code": texts}, township=["口泉乡", "null"])

    assert parsed.values["village_code"].to_list() == [None, "140214206201"]
    assert parsed.unread.height == 0


def test_a_column_that_the_layout_lacks_is_null(references: References) -> None:
    parsed = read(references, "loan_note.pboc_stock", {"balance_yuan": ["5"]})

    assert parsed.values["amount_yuan"].to_list() == [None]
    assert parsed.values.columns == [c.name for c in references.columns_to_fill("loan_note")]


@examples(50)
@given(texts=st.lists(st.text("0123456789.,-—万元 ０１%abc", max_size=12), min_size=1, max_size=8))
def test_no_text_is_lost(references: References, texts: list[str]) -> None:
    """A text is a value, or says that there is none, or is a reason: exactly one of them."""
    parsed = read(references, "loan_note.rcb_ledger", {"balance_yuan": [text or None for text in texts]})

    from sources.text.values import is_missing

    unread = set(parsed.unread["index"])
    for at, (text, value) in enumerate(zip(texts, parsed.values["balance_yuan"], strict=True)):
        assert (value is not None) + is_missing(text) + (at in unread) == 1
