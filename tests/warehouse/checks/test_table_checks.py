"""Table checks: keys and references from the schemas, and how a written check is read."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.balance import Missing
from schemas.check_result import CheckResult, Finding
from tests.district import BUILT, CATALOGUE
from tests.warehouse.conftest import filled
from warehouse.checks import table_checks
from warehouse.checks.missing import missing_macros
from warehouse.checks.written import read_check
from warehouse.database.engine import DuckDB
from warehouse.database.macros import expand

Row = dict[str, Any]
RunCheck = Callable[..., CheckResult]

CHECKS = {check.name: check for check in table_checks.declared(CATALOGUE)}


def test_a_key_that_occurs_twice_is_found(run_check: RunCheck) -> None:
    rows = [
        {"village_code": "V1", "year": 2022},
        {"village_code": "V1", "year": 2022},
        {"village_code": "V2"},
    ]
    result = run_check("fact_village_profile__key", fact_village_profile=rows)
    assert (result.passed, result.blocking, result.failed_rows, result.checked_rows) == (False, True, 2, 3)
    assert result.message == "2 行不符，例如 village_code=V1，year=2022；village_code=V1，year=2022"


def test_a_key_that_has_the_place_of_its_row_names_each_column_once(run_check: RunCheck) -> None:
    row = {
        "check_name": "c",
        "field": "f",
        "delivery_id": "d1",
        "sheet_name": "表",
        "sheet_block": 1,
        "sheet_row": 6,
    }
    result = run_check("dq_doubt__key", dq_doubt=[row, row])
    assert result.message == "2 行不符，例如 check_name=c，field=f；check_name=c，field=f"
    assert [(finding.delivery_id, finding.sheet_row) for finding in result.findings] == [("d1", 6), ("d1", 6)]


def test_a_key_that_occurs_once_passes(run_check: RunCheck) -> None:
    rows = [{"village_code": "V1", "year": 2021}, {"village_code": "V1", "year": 2022}]
    result = run_check("fact_village_profile__key", fact_village_profile=rows)
    assert (result.passed, result.failed_rows, result.message) == (True, 0, "")


def test_a_reference_to_nothing_is_found(run_check: RunCheck) -> None:
    result = run_check(
        "fact_village_profile__village_code__reference",
        fact_village_profile=[{"village_code": "V1"}, {"village_code": "V9", "year": 2022}],
        dim_division=[{"division_code": "V1"}],
    )
    assert (result.passed, result.blocking, result.failed_rows) == (False, True, 1)
    assert result.message == "1 行不符，例如 village_code=V9，year=2022"


def test_a_missing_reference_is_no_wrong_one(run_check: RunCheck) -> None:
    result = run_check(
        "dim_household__institution_code__reference",
        dim_household=[{"household_key": "unknown", "institution_code": None}],
    )
    assert result.passed


def test_references_of_a_table_are_counted_each_and_a_row_that_breaks_two_of_them_once(
    run_checks: Callable[..., list[CheckResult]],
) -> None:
    names = [
        f"fact_village_profile__{column}__reference"
        for column in ("reporter_code", "village_code", "township_code")
    ]
    results = run_checks(
        *names,
        fact_village_profile=[
            {"village_code": "V9", "reporter_code": "nobody", "township_code": "T1"},
            {"village_code": "V9", "reporter_code": "gaoshan", "township_code": "T1", "year": 2022},
            {"village_code": "V1", "reporter_code": "gaoshan", "township_code": "T1", "year": 2021},
        ],
        dim_division=[{"division_code": "V1"}, {"division_code": "T1"}],
        dim_reporter=[{"reporter_code": "gaoshan"}],
    )
    assert [(result.name, result.failed_rows, len(result.findings)) for result in results] == [
        (names[0], 1, 1), (names[1], 2, 2), (names[2], 0, 0)
    ]  # fmt: skip
    assert {(result.merged_into, result.merged_failed_rows) for result in results} == {("references", 2)}


def test_every_key_and_reference_of_the_schemas_is_checked() -> None:
    assert {"dim_division__key", "fact_loan_disbursement__household_key__reference"} <= CHECKS.keys()
    assert len(CHECKS) == len(table_checks.declared(CATALOGUE))


def test_what_would_publish_a_wrong_figure_blocks() -> None:
    assert CHECKS["fact_loan_balance__key"].blocking
    assert CHECKS["mart_agri_processing_reconciles"].blocking
    assert not CHECKS["dq_rejected_row__delivery_id__reference"].blocking
    assert not CHECKS["village_profile_complete"].blocking


HEADER = [
    "-- title: 规则",
    "-- table: dim_date",
    "-- kind: plausibility",
    "-- importance: low",
    "-- missing: never_skip",
    "-- blocking: false",
    "-- doubts: none",
]


@pytest.mark.parametrize(
    ("line", "text", "complaint"),
    [
        (0, "-- title:", "line 1"),
        (1, "-- tabel: dim_date", "line 2"),
        (1, "-- table: dim_day", "table must be one of"),
        (2, "-- kind: taste", "kind must be one of"),
        (3, "-- importance: fatal", "importance must be one of"),
        (4, "-- missing: ignore", "missing must be one of"),
        (5, "-- blocking: yes", "blocking must be one of"),
        (5, "-- blocking: true", "what never is an error does not block"),
    ],
)
def test_a_header_that_is_not_right_is_refused(line: int, text: str, complaint: str) -> None:
    lines = [*HEADER[:line], text, *HEADER[line + 1 :], "select 1"]
    with pytest.raises(ValueError, match=complaint):
        read_check(CATALOGUE, "odd", "\n".join(lines))


@pytest.mark.parametrize(
    ("strategy", "broken"),
    [
        ("skip_if_any", ["both differ"]),
        ("skip_if_all", ["both differ", "only the total"]),
        ("never_skip", ["both differ", "only the total"]),
    ],
)
def test_a_missing_value_is_treated_as_the_header_says(strategy: Missing, broken: list[str]) -> None:
    sql = expand(
        "select name from (values ('both differ', 5, 4), ('both agree', 5, 5), ('only the total', 5, null),"
        " ('neither', null, null)) as t(name, total, part)"
        " where @compared(total, part) and @known(total) <> @known(part) order by name",
        missing_macros(strategy),
    )
    assert [name for (name,) in duckdb.execute(sql).fetchall()] == broken


@pytest.mark.parametrize(("strategy", "rows"), [("skip_if_any", 0), ("skip_if_all", 0), ("never_skip", 1)])
def test_a_comparison_that_is_never_skipped_takes_nothing_for_nought(strategy: Missing, rows: int) -> None:
    sql = "select x from (select cast(null as integer) as x) where @compared(x) and @known(x) = 0"
    assert len(duckdb.execute(expand(sql, missing_macros(strategy))).fetchall()) == rows


def test_a_located_row_is_led_back_to_the_cells_of_its_fields(run_check: RunCheck) -> None:
    place = {"delivery_id": "d1", "sheet_name": "S", "sheet_block": 1}
    result = run_check(
        "agri_ytd_falls",
        fact_agri_processing=[
            place
            | {
                "sheet_row": 7,
                "credit_code": "C1",
                "period": "2022-Q2",
                "sales_revenue_quarter_yuan": Decimal(-5),
                "output_value_quarter_yuan": Decimal(-1),
            },
            place | {"sheet_row": 8, "sales_revenue_quarter_yuan": Decimal(5)},
        ],
        dq_field_place=[
            place | {"field": "sales_revenue_ytd_yuan", "column_letters": "D"},
            place | {"field": "output_value_ytd_yuan", "column_letters": "E"},
        ],
    )
    assert (result.failed_rows, result.severity) == (1, "error")
    assert result.findings == (
        Finding(
            delivery_id="d1", period="2022-Q2", sheet_name="S", sheet_row=7,
            fields="sales_revenue_ytd_yuan;output_value_ytd_yuan", cells="D7、E7",
            evidence="credit_code=C1，period=2022-Q2，sales_revenue_quarter_yuan=-5.00，output_value_quarter_yuan=-1.00",
        ),
    )  # fmt: skip


def test_a_number_outside_the_countys_band_is_a_finding(tmp_path: Path) -> None:
    bands = pl.DataFrame(
        [
            {"fact_table": "fact_grid", "field": "households", "least": 1.0, "most": 3000.0},
            {"fact_table": "fact_grid", "field": "buildings", "least": 0.0, "most": 300.0},
        ]
    )
    (check,) = [
        check for check in table_checks.all_checks(CATALOGUE, bands) if check.name.endswith("__out_of_band")
    ]
    assert check.name == "fact_grid__out_of_band"
    model = BUILT["fact_grid"]
    grids = [
        {"grid_code": "1", "households": 0, "buildings": 3, "sheet_row": 5},
        {"grid_code": "2", "households": 300, "buildings": 301, "sheet_row": 6},
        {"grid_code": "3", "households": 3000, "buildings": None, "sheet_row": 7},
    ]
    with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="500MB") as engine:
        engine.register("fact_grid", model, filled(model, grids))
        places = BUILT["dq_field_place"]
        engine.register("dq_field_place", places, filled(places, []))
        (result,) = table_checks.run(CATALOGUE, [check], engine, 3)
    findings = {(f.sheet_row, f.fields, f.evidence) for f in result.findings}
    assert findings == {
        (5, "households", "value=0，least=1.0，most=3000.0"),
        (6, "buildings", "value=301，least=0.0，most=300.0"),
    }


def test_missing_and_late_deliveries_are_shares_of_those_that_are_due(run_check: RunCheck) -> None:
    deliveries = [
        {"period": str(number), "timeliness": timeliness, "is_due": is_due}
        for number, (timeliness, is_due) in enumerate(
            [("missing", True), ("late", True), ("on_time", True), ("on_time", False), ("not_due", False)]
        )
    ]
    for name in ("reporting_complete", "reporting_on_time"):
        result = run_check(name, dq_expected_delivery=deliveries)
        assert (result.failed_rows, result.checked_rows) == (1, 3)
