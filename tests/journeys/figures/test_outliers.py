"""The outliers of the sample: what is shown beside each number, and how many times it that is."""

from pathlib import Path
from typing import Any

import pytest

from warehouse.database.query import query
from warehouse.database.store import Store

_YEARS_LATER = {"last_year": -1, "next_year": 1}


@pytest.fixture(scope="module")
def candidates(sample_home: Path) -> list[dict[str, Any]]:
    sql = """
        select o.*, d.period as other_period
        from dq_outlier_candidate as o
        left join dq_delivery as d on d.delivery_id = o.other_delivery_id
    """
    return query(Store(sample_home), sql).to_dicts()


def test_the_ratio_of_every_outlier_is_that_of_the_values_shown(candidates: list[dict[str, Any]]) -> None:
    assert candidates
    for row in candidates:
        assert row["ratio"] == pytest.approx(row["value"] / row["reference_value"], abs=1e-6)


def test_what_is_shown_of_another_year_is_of_that_year(candidates: list[dict[str, Any]]) -> None:
    of_years = [row for row in candidates if row["basis"] in _YEARS_LATER]
    assert of_years
    for row in of_years:
        year = int(row["period"][:4]) + _YEARS_LATER[row["basis"]]
        assert row["other_period"] == f"{year}{row['period'][4:]}"


def test_a_zero_too_many_in_2021_is_shown_beside_2022(candidates: list[dict[str, Any]]) -> None:
    (row,) = [row for row in candidates if row["field"] == "surveyed_persons" and row["slip"]]
    names = ("period", "basis", "other_period", "value", "reference_value", "ratio")
    assert tuple(row[name] for name in names) == ("2021", "next_year", "2022", 170, 18, 9.444444)
