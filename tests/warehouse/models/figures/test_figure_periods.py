"""The periods that deliveries count for, what is owed of them, and the cells of figures."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sources.text.period import period_end

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]


def test_a_period_has_its_numbers_its_days_and_the_same_one_of_the_year_before(run_up_to: RunModel) -> None:
    periods = {row["period"]: tuple(row.values()) for row in run_up_to("dim_period")}

    assert periods["2022"] == (
        "2022", "year", 2022, None, None,
        date(2022, 1, 1), date(2022, 12, 31), "2021", date(2021, 1, 1), date(2021, 12, 31),
    )  # fmt: skip
    assert periods["2021-Q1"] == (
        "2021-Q1", "quarter", 2021, 1, None, date(2021, 1, 1), date(2021, 3, 31),
        "2020-Q1", date(2020, 1, 1), date(2020, 3, 31),
    )  # fmt: skip
    assert periods["2021-02"] == (
        "2021-02", "month", 2021, 1, 2,
        date(2021, 2, 1), date(2021, 2, 28), "2020-02", date(2020, 2, 1), date(2020, 2, 29),
    )  # fmt: skip


def test_the_first_year_has_none_before_it(run_up_to: RunModel) -> None:
    rows = run_up_to("dim_period")

    assert {row["period"][:4] for row in rows if row["previous_period"] is None} == {"2019"}
    assert len(rows) == 5 * (1 + 4 + 12)


@pytest.fixture
def counted(run_up_to: RunModel) -> Callable[..., dict[str, set[tuple[str, str, bool]]]]:
    """Of deliveries in force, by their period: the periods they count for, as which year, whether the latest."""

    def run(*periods: str, table: str = "agri_processing") -> dict[str, set[tuple[str, str, bool]]]:
        deliveries = [
            {"delivery_id": period, "staged_table": table, "reporter_code": "gaoshan", "is_in_force": True}
            | {"period": period, "period_end_date": period_end(period)}
            for period in periods
        ]
        by_delivery: dict[str, set[tuple[str, str, bool]]] = {period: set() for period in periods}
        for row in run_up_to("dim_delivery_period", source_delivery=deliveries):
            by_delivery[row["delivery_id"]].add((row["period"], row["year_role"], row["is_latest"]))
        return by_delivery

    return run


Counted = Callable[..., dict[str, set[tuple[str, str, bool]]]]


def test_a_delivery_counts_for_the_month_the_quarter_and_the_year_in_which_its_period_ends(
    counted: Counted,
) -> None:
    assert counted("2022-05") == {
        "2022-05": {
            ("2022-05", "current", True), ("2022-Q2", "current", True), ("2022", "current", True),
        }
    }  # fmt: skip


def test_the_last_delivery_of_a_reporter_in_a_period_is_its_latest(counted: Counted) -> None:
    by_delivery = counted("2022-Q1", "2022-Q2")

    assert ("2022", "current", False) in by_delivery["2022-Q1"]
    assert ("2022", "current", True) in by_delivery["2022-Q2"]
    assert ("2022-Q1", "current", True) in by_delivery["2022-Q1"]


def test_a_delivery_is_the_year_before_of_the_same_months_only(counted: Counted) -> None:
    by_delivery = counted("2021-Q3", "2021-Q4", "2022-Q2", "2022-Q3")

    previous = {
        delivery: {entry for entry in entries if entry[1] == "previous"}
        for delivery, entries in by_delivery.items()
    }
    assert previous == {
        "2021-Q3": {("2022", "previous", True), ("2022-Q3", "previous", True), ("2022-09", "previous", True)},
        "2021-Q4": set(),
        "2022-Q2": set(),
        "2022-Q3": set(),
    }


def test_of_two_days_in_one_month_of_the_year_before_the_later_is_compared(counted: Counted) -> None:
    by_delivery = counted("2021-12-15", "2021-12-31", "2022-12-31", table="loan_note")

    assert ("2022", "previous", False) in by_delivery["2021-12-15"]
    assert ("2022", "previous", True) in by_delivery["2021-12-31"]


def test_what_is_owed_is_in_force_missing_or_not_due(run_model: RunModel) -> None:
    expected = {"staged_table": "rural_tourism", "reporter_code": "gaoshan", "is_due": True}
    delivery = expected | {"period": "2022-01", "is_in_force": True}
    del delivery["is_due"]
    rows = run_model(
        "dq_expected_delivery",
        source_expected_delivery=[
            expected | {"period": "2022-01"},
            expected | {"period": "2022-02"},
            expected | {"period": "2022-03", "is_due": False},
        ],
        source_delivery=[
            delivery | {"delivery_id": "older", "is_in_force": False, "rejected_rows": 9},
            delivery | {"delivery_id": "d", "rejected_rows": 2},
            delivery | {"delivery_id": "other", "reporter_code": "kouquan", "period": "2022-02"},
        ],
        source_control_total=[
            {"delivery_id": "d", "cell": "B9", "agrees": False},
            {"delivery_id": "d", "cell": "C9", "agrees": False},
            {"delivery_id": "d", "cell": "D9", "agrees": True},
        ],
    )
    names = ("period", "state", "delivery_id", "rejected_rows", "disagreeing_totals")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("2022-01", "in_force", "d", 2, 2),
        ("2022-02", "missing", None, 0, 0),
        ("2022-03", "not_due", None, 0, 0),
    ]


@pytest.fixture
def cells(run_model: RunModel) -> Callable[..., list[tuple[Any, ...]]]:
    """Cell and stored number of rows of delivery d, whose fields lie in the places given."""

    def run(rows: list[Row], places: list[Row]) -> list[tuple[Any, ...]]:
        in_d = {"delivery_id": "d", "sheet_name": "北区", "sheet_block": 1}
        plain = in_d | {"year_role": "current", "aggregate": "sum", "sheet_row": 7, "field": "sales"}
        figure_cells = run_model(
            "mart_figure_cell",
            mart_figure_row=[plain | row for row in rows],
            dq_delivery=[{"delivery_id": "d", "file_name": "甲.xlsx"}],
            dq_field_place=[in_d | place for place in places],
        )
        return [(row["cell"], row["stored_number"]) for row in figure_cells]

    return run


Cells = Callable[..., list[tuple[Any, ...]]]


def test_a_cell_is_that_of_its_fields_column_and_block_and_its_number_in_the_units_of_the_sheet(
    cells: Cells,
) -> None:
    figure_cells = cells(
        [
            {"parsed_value": "125000.00"},
            {"parsed_value": "7", "sheet_block": 2},
            {"parsed_value": "某某", "aggregate": "count", "field": "name"},
        ],
        [
            {"field": "sales", "column_letters": "C", "unit_scale": Decimal(10000)},
            {"field": "sales", "column_letters": "H", "unit_scale": Decimal(1), "sheet_block": 2},
            {"field": "name", "column_letters": "A", "unit_scale": Decimal(1)},
        ],
    )
    assert set(figure_cells) == {("C7", Decimal("12.5")), ("H7", Decimal(7)), ("A7", None)}


def test_a_field_of_a_form_has_its_own_cell(cells: Cells) -> None:
    place = {"field": "sales", "cell": "D11", "unit_scale": Decimal(1)}

    assert cells([{"parsed_value": "3"}], [place]) == [("D11", Decimal(3))]


def test_a_place_of_the_division_list_is_its_first_column(cells: Cells) -> None:
    listed = {"delivery_id": "0" * 64, "sheet_name": "", "aggregate": "count", "field": "division_code"}

    assert cells([listed], []) == [("A7", None)]


def test_rows_of_the_year_before_are_no_cells_of_a_figure(cells: Cells) -> None:
    assert cells([{"year_role": "previous"}], []) == []
