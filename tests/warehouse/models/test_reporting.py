"""Who reports, in time or not: the matrix, the rates, the score."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]
DUE = date(2022, 4, 15)


def expected(reporter: str = "gaoshan", **fields: Any) -> Row:
    return {
        "staged_table": "agri_processing", "form_title": "统计表", "reporter_code": reporter,
        "period": "2022-Q1", "due_date": DUE, "is_due": True,
    } | fields  # fmt: skip


def delivery(number: int, received: datetime, outcome: str = "accepted", **fields: Any) -> Row:
    return {
        "delivery_id": f"d{number}", "staged_table": "agri_processing", "reporter_code": "gaoshan",
        "period": "2022-Q1", "received_at": received, "outcome": outcome,
    } | fields  # fmt: skip


def matrix_cell(run_model: RunModel, expected_delivery: Row, deliveries: list[Row]) -> tuple[Any, ...]:
    (row,) = run_model(
        "dq_expected_delivery", source_expected_delivery=[expected_delivery], source_delivery=deliveries
    )
    return row["state"], row["timeliness"], row["superseded_deliveries"], row["rejected_deliveries"]


@pytest.mark.parametrize(
    ("received", "timeliness"),
    [(datetime(2022, 4, 15, 23, 59), "on_time"), (datetime(2022, 4, 16, 0, 0), "late")],
)
def test_the_due_date_is_the_last_day_in_time(
    run_model: RunModel, received: datetime, timeliness: str
) -> None:
    cell = matrix_cell(run_model, expected(), [delivery(1, received, is_in_force=True)])
    assert cell == ("in_force", timeliness, 0, 0)


def test_the_first_accepted_delivery_decides_and_later_ones_supersede(run_model: RunModel) -> None:
    sent = [
        delivery(1, datetime(2022, 4, 10), "rejected"),
        delivery(2, datetime(2022, 4, 14)),
        delivery(3, datetime(2022, 4, 30), is_in_force=True),
        delivery(4, datetime(2022, 5, 1), "duplicate"),
    ]
    assert matrix_cell(run_model, expected(), sent) == ("in_force", "on_time", 1, 1)


def test_what_was_only_rejected_is_missing_once_due(run_model: RunModel) -> None:
    sent = [delivery(1, datetime(2022, 4, 10), "rejected")]
    assert matrix_cell(run_model, expected(), sent) == ("missing", "missing", 0, 1)
    assert matrix_cell(run_model, expected(is_due=False), sent) == ("not_due", "not_due", 0, 1)


def test_rates_by_division_and_county(run_model: RunModel) -> None:
    def reported(reporter: str, timeliness: str) -> Row:
        return {"staged_table": "t", "form_title": "表", "period": "2022", "reporter_code": reporter} | {
            "timeliness": timeliness,
            "is_due": timeliness != "not_due",
        }

    rates = run_model(
        "mart_reporting_rate",
        dq_expected_delivery=[
            reported("a", "on_time"), reported("b", "late"), reported("c", "missing"), reported("c2", "not_due"),
            reported("bureau", "on_time"),
        ],
        ref_reporter=[
            {"reporter_code": code, "division_code": f"14021410{n}000"}
            for n, code in enumerate(("a", "b", "c", "c2"), start=1)
        ]
        + [{"reporter_code": "bureau", "division_code": "140214000000"}],
    )  # fmt: skip
    by_division = {
        row["division_code"]: (row["due_deliveries"], row["reporting_rate_pct"], row["on_time_rate_pct"])
        for row in rates
    }
    assert by_division == {
        "140214000000": (4, Decimal("75.0000"), Decimal("50.0000")),
        "140214101000": (1, Decimal("100.0000"), Decimal("100.0000")),
        "140214102000": (1, Decimal("100.0000"), Decimal("0.0000")),
        "140214103000": (1, Decimal("0.0000"), Decimal("0.0000")),
    }


def test_what_came_before_its_due_date_counts_once_it_is_due(run_model: RunModel) -> None:
    of_form = {"staged_table": "t", "reporter_code": "a", "timeliness": "on_time"}
    rates = run_model(
        "mart_reporting_rate",
        dq_expected_delivery=[
            of_form | {"period": "2022-05", "is_due": True},
            of_form | {"period": "2022-06", "is_due": False},
        ],
        ref_reporter=[{"reporter_code": "a", "division_code": "140214000000"}],
    )
    assert [(row["period"], row["due_deliveries"]) for row in rates] == [("2022-05", 1)]


def test_the_score_is_the_mean_of_four_shares(run_model: RunModel) -> None:
    expected_deliveries = [
        {"staged_table": "t", "timeliness": kind, "is_due": kind != "not_due"}
        for kind in ("on_time", "late", "late", "missing", "not_due")
    ]
    checks = [
        {"table_name": table, "check_name": str(n), "is_passed": n > 0}
        for table in ("staged_t", "fact_t")
        for n in range(5)
    ]
    (score,) = run_model(
        "dq_quality_score",
        dq_expected_delivery=expected_deliveries,
        dq_delivery=[
            {
                "delivery_id": "1",
                "staged_table": "t",
                "candidate_rows": 100,
                "rejected_rows": 10,
                "is_open": True,
            },
            {"delivery_id": "2", "staged_table": "t", "candidate_rows": 100, "rejected_rows": 100},
        ],
        dq_check_result=[*checks, {"table_name": "fact_other", "is_passed": False}],
    )
    shares = [
        score[f"{name}_pct"] for name in ("completeness", "timeliness", "validity", "consistency", "score")
    ]
    assert shares == [Decimal(75), Decimal(25), Decimal(90), Decimal(80), Decimal("67.5")]
