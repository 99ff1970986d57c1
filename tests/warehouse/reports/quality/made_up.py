"""Loads, checks, deliveries and frames of a published warehouse that were made up."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from schemas.check_result import CheckResult, Finding
from tests.district import check_result
from warehouse.reports.quality.content import Load
from warehouse.reports.quality.listed import DeliveryLine
from warehouse.reports.quality.reading import Published

AT_NIGHT = datetime(2023, 1, 20, 1, 31)
LOAD = Load(
    ended_at=AT_NIGHT,
    run_id="5b8d3a52",
    state="published",
    outcome="已发布新版本",
    version="v000007",
    deliveries={"accepted": 3, "rejected": 1},
    rows={"accepted": 40},
    checks={"passed": 100, "warned": 1, "failed": 0},
    open_rejected_deliveries=1,
    score_pct=97.25,
)


def delivery(name: str, **changes: Any) -> DeliveryLine:
    plain: dict[str, Any] = {
        "delivery_id": name, "table": "rural_tourism", "form_title": "乡村旅游接待统计表",
        "reporter_code": "gaoshan", "reporter_name": "高山镇", "period": "2022-12", "file": f"高山镇/{name}.xlsx",
        "received_at": AT_NIGHT, "outcome": "accepted", "is_open": True,
    }  # fmt: skip
    return DeliveryLine(**(plain | changes))


def check(name: str = "odd", *findings: Finding, **changes: Any) -> CheckResult:
    plain: dict[str, Any] = {
        "name": name, "table": "fact_rural_tourism", "kind": "plausibility", "title": f"{name} 应成立",
        "importance": "low", "blocking": False, "failed_rows": 1, "checked_rows": 10, "findings": findings,
    }  # fmt: skip
    return check_result(**(plain | changes))


def finding(delivery_id: str | None = "d1", evidence: str = "visits=34220", **changes: Any) -> Finding:
    plain: dict[str, Any] = {
        "period": "2022-12", "sheet_name": "Sheet1", "sheet_row": 8, "fields": "visits", "cells": "E8",
    }  # fmt: skip
    return Finding(delivery_id=delivery_id, evidence=evidence, **(plain | changes))


def expected_delivery(reporter: str, period: str, timeliness: str, **changes: Any) -> dict[str, Any]:
    year, month = int(period[:4]), int(period[5:])
    end = date(year, month, 28)
    received = {"on_time": datetime(year, month, 28), "late": datetime(year, month + 1, 13)}.get(timeliness)
    return {
        "staged_table": "rural_tourism", "form_title": "乡村旅游接待统计表", "reporter_code": reporter,
        "reporter_name": {"gaoshan": "高山镇", "kouquan": "口泉乡"}[reporter], "period": period,
        "period_end_date": end, "due_date": date(year, month + 1, 10), "timeliness": timeliness,
        "is_due": timeliness != "not_due",
        "first_accepted_at": received, "superseded_deliveries": 0, "rejected_deliveries": 0,
    } | changes  # fmt: skip


EXPECTED = [
    expected_delivery("gaoshan", "2022-09", "on_time"),
    expected_delivery("gaoshan", "2022-10", "late", superseded_deliveries=1),
    expected_delivery("gaoshan", "2022-11", "not_due"),
    expected_delivery("kouquan", "2022-10", "missing", rejected_deliveries=2),
    expected_delivery("kouquan", "2022-11", "not_due"),
]


def frame(rows: Sequence[dict[str, Any]], **schema: Any) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema or None, orient="row")


OUTLIER = {
    "delivery_id": "d1", "sheet_name": "Sheet1", "fact_table": "fact_rural_tourism", "field": "visits", "cell": "E8",
    "period": "2022-12", "value": 34220.0, "basis": "history", "reference_value": 1665.411661, "ratio": 20.55,
    "adjusted_ratio": 20.6, "compared_values": 24, "slip": 10,
}  # fmt: skip
CORRECTION = {
    "correction_id": "一", "correction_file": "a.toml", "staged_table": "rural_tourism", "reporter_code": "gaoshan",
    "period": "2022-12", "sheet_name": "Sheet1", "cell": "E8", "expected_text": "17050", "corrected_text": "1705",
    "found_text": "1706", "entered_by": "统计股", "entered_on": "2023-01-05", "reason": "多打一个零",
    "state": "guard_failed",
}  # fmt: skip


_TEXT, _COUNT, _NUMBER, _BOOLEAN = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean()
_AMOUNT = pl.Decimal(24, 6)
_PLACE = {"delivery_id": _TEXT, "sheet_name": _TEXT}
_SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    "scores": {"staged_table": _TEXT, "score_pct": _AMOUNT},
    "totals": _PLACE
    | {"cell": _TEXT, "field": _TEXT, "label": _TEXT}
    | {"printed": _AMOUNT, "computed": _AMOUNT, "agrees": _BOOLEAN},
    "printed_rules": _PLACE
    | {"rule_cell": _TEXT, "rule": _TEXT, "is_understood": _BOOLEAN, "cell": _TEXT}
    | {"left_value": _AMOUNT, "right_value": _AMOUNT},
    "outliers": _PLACE
    | {"fact_table": _TEXT, "field": _TEXT, "cell": _TEXT, "period": _TEXT, "value": _NUMBER, "basis": _TEXT}
    | {
        "reference_value": _NUMBER,
        "ratio": _NUMBER,
        "adjusted_ratio": _NUMBER,
        "compared_values": _COUNT,
        "slip": _COUNT,
    },
    "corrections": dict.fromkeys(CORRECTION, _TEXT),
    "figures": dict.fromkeys(
        ("indicator_code", "indicator_name", "period", "unit", "status", "status_reasons"), _TEXT
    )
    | {"value": _AMOUNT},
    "doubts": dict.fromkeys(("check_name", "row_key", "field", "value"), _TEXT)
    | _PLACE
    | {"sheet_row": pl.Int32(), "is_confirmed": _BOOLEAN},
    "reporters": {"reporter_code": _TEXT, "reporter_name": _TEXT, "findings": _COUNT},
}


def published(**rows: list[dict[str, Any]]) -> Published:
    """A warehouse of which only these rows matter."""
    frames = {name: frame(rows.get(name, []), **schema) for name, schema in _SCHEMAS.items()}
    return Published(expected=frame(rows.get("expected", EXPECTED)), **frames)
