"""Answers as JSON."""

import json
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from pipelines.terminal.answers import rows_csv, rows_json, to_json


def test_rows_are_a_list_of_objects_with_plain_values() -> None:
    rows = pl.DataFrame(
        {
            "township": ["高山镇", None],
            "amount_yuan": [Decimal("6258000.00"), Decimal("0.05")],
            "grant_date": [date(2022, 6, 30), None],
            "received_at": [datetime(2022, 7, 1, 8, 30), None],
            "is_synthetic": [True, False],
        }
    )
    assert json.loads("".join(rows_json([rows]))) == [
        {
            "township": "高山镇",
            "amount_yuan": 6258000,
            "grant_date": "2022-06-30",
            "received_at": "2022-07-01T08:30:00",
            "is_synthetic": True,
        },
        {
            "township": None,
            "amount_yuan": 0.05,
            "grant_date": None,
            "received_at": None,
            "is_synthetic": False,
        },
    ]


def test_chinese_is_not_escaped() -> None:
    assert to_json({"乡镇": "高山镇"}) == '{"乡镇": "高山镇"}'


def test_whole_decimals_are_exact_at_any_size() -> None:
    assert to_json(Decimal("12345678901234567890123.00")) == "12345678901234567890123"


def test_cents_survive_up_to_fifteen_digits() -> None:
    assert to_json(Decimal("1234567890123.45")) == "1234567890123.45"


def test_no_rows_are_an_empty_list() -> None:
    assert "".join(rows_json([pl.DataFrame(schema={"n": pl.Int64})])) == "[]"


def test_batches_of_rows_are_one_list_and_one_table() -> None:
    batches = [pl.DataFrame({"n": [1, 2]}), pl.DataFrame({"n": [3]})]
    assert "".join(rows_json(batches)) == '[{"n": 1}, {"n": 2}, {"n": 3}]'
    assert "".join(rows_csv(batches)) == "n\n1\n2\n3\n"
