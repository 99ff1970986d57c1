"""Marts as they leave the home, by value: whose numbers are left out, with what is about them."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.field import columns, polars_schema
from tests.district import CATALOGUE
from warehouse.export.suppressed import PublishedMarts, suppressed_marts
from warehouse.figures.terms import FigureTerms

LOANS = "farm_loan_disbursed"
COUNTY, GAOSHAN, KOUQUAN, XIHANLING = "140214000000", "140214101000", "140214200000", "140214206000"
VILLAGE = "140214101201"
TOWNSHIP_OF: dict[str, str | None] = {
    COUNTY: None, GAOSHAN: GAOSHAN, KOUQUAN: KOUQUAN, XIHANLING: XIHANLING, VILLAGE: GAOSHAN,
}  # fmt: skip
LEVELS = {COUNTY: "county", VILLAGE: "village"}
MARTS = (
    "mart_figure",
    "mart_figure_series",
    "mart_loan_disbursement",
    "mart_township_scorecard",
    "mart_village_overview",
)
MODELS = {name: CATALOGUE.built[name] for name in MARTS}
HOUSEHOLDS = {
    "indicator_code": pl.String, "term": pl.String, "period": pl.String, "basis": pl.String,
    "division_code": pl.String, "households": pl.Int64,
}  # fmt: skip


def row_of(name: str, **given: Any) -> dict[str, Any]:
    """A row of a mart; what is not given is null."""
    return dict.fromkeys(column.name for column in columns(MODELS[name])) | given


def figure(division: str, period: str, value: int | None, code: str = LOANS, **given: Any) -> dict[str, Any]:
    return row_of(
        "mart_figure",
        indicator_code=code, period=period, basis="period", division_code=division,
        division_level=LEVELS.get(division, "township"), value=None if value is None else Decimal(value),
        source_rows=9, status="final", status_reasons="", **given,
    )  # fmt: skip


def exported(
    figures: list[tuple[dict[str, Any], int]], **marts: list[dict[str, Any]]
) -> dict[str, pl.DataFrame]:
    """The marts as they leave the home. figures: each with the households that it is of."""
    rows = {"mart_figure": [row for row, _ in figures]} | marts
    frames = {
        name: pl.DataFrame(rows.get(name, []), schema=polars_schema(model), orient="row")
        for name, model in MODELS.items()
    }
    households = pl.DataFrame(
        [
            (row["indicator_code"], "value", row["period"], "period", row["division_code"], count)
            for row, count in figures
        ],
        schema=HOUSEHOLDS,
        orient="row",
    )
    terms = [term for term in FigureTerms(CATALOGUE).reported if term.of_households]
    return suppressed_marts(PublishedMarts(frames, MODELS, terms, households, TOWNSHIP_OF))


def values(frame: pl.DataFrame) -> dict[tuple[str, str], tuple[Any, str | None]]:
    """By division and period, the value and why it is left out."""
    names = ("division_code", "period", "value", "suppression")
    return {(place, period): (value, why) for place, period, value, why in frame.select(names).rows()}


def test_a_township_of_three_households_is_left_out_with_the_next_smallest() -> None:
    frames = exported(
        [
            (figure(COUNTY, "2022", 1000), 60),
            (figure(GAOSHAN, "2022", 70), 3),
            (figure(KOUQUAN, "2022", 700), 40),
            (figure(XIHANLING, "2022", 230), 17),
        ]
    )
    assert values(frames["mart_figure"]) == {
        (COUNTY, "2022"): (1000, None),
        (GAOSHAN, "2022"): (None, "primary"),
        (KOUQUAN, "2022"): (700, None),
        (XIHANLING, "2022"): (None, "secondary"),
    }


def test_a_month_is_not_given_back_by_its_quarter_and_year() -> None:
    months = {f"2022-{month:02}": 100 + month for month in range(1, 13)}
    quarters = {f"2022-Q{q}": sum(list(months.values())[3 * q - 3 : 3 * q]) for q in range(1, 5)}
    year = sum(months.values())
    frames = exported(
        [(figure(GAOSHAN, m, value), 2 if m == "2022-05" else 20) for m, value in months.items()]
        + [(figure(GAOSHAN, q, value), 55) for q, value in quarters.items()]
        + [(figure(GAOSHAN, "2022", year), 200)]
    )
    left_out = {period: why for (_, period), (_, why) in values(frames["mart_figure"]).items() if why}
    assert left_out == {"2022-05": "primary", "2022-04": "secondary"}


def test_what_compares_a_figure_with_a_suppressed_one_is_left_out() -> None:
    later = figure(
        VILLAGE, "2022", 900, previous_value=Decimal(70), change_value=Decimal(830), change_pct=Decimal(1185)
    )
    frames = exported([(figure(VILLAGE, "2021", 70), 1), (later, 30)])
    (row,) = frames["mart_figure"].filter(period="2022").to_dicts()
    assert (row["value"], row["suppression"]) == (900, None)
    assert (row["previous_value"], row["change_value"], row["change_pct"]) == (None, None, None)
    (row,) = frames["mart_figure"].filter(period="2021").to_dicts()
    assert (row["value"], row["source_rows"], row["status_reasons"], row["status"]) == (
        None,
        None,
        None,
        "final",
    )


def test_what_is_not_of_households_is_left_as_it_is() -> None:
    frames = exported([(figure(VILLAGE, "2022", 3, code="registered_population"), 1)])
    assert values(frames["mart_figure"]) == {(VILLAGE, "2022"): (3, None)}


def test_one_banks_part_is_left_out_where_the_rest_would_show_another_banks_few() -> None:
    to_date, of_one_bank = "farm_loan_disbursed_to_date", "farmer_loan_disbursed_cum"
    frames = exported(
        [
            (figure(VILLAGE, "2022", 1000, code=to_date), 30),
            (figure(VILLAGE, "2022", 930, code=of_one_bank), 28),
        ]
    )
    assert frames["mart_figure"].select("indicator_code", "suppression").rows() == [
        (to_date, None),
        (of_one_bank, "secondary"),
    ]


def test_series_are_left_out_below_the_county_where_any_figure_of_the_indicator_is() -> None:
    series = [
        row_of("mart_figure_series", indicator_code=LOANS, division_code=place, division_level=level,
               period="2022-02", basis="period", series="year_to_date", value=Decimal(500))
        for place, level in ((COUNTY, "county"), (KOUQUAN, "township"))
    ]  # fmt: skip
    frames = exported([(figure(GAOSHAN, "2022-02", 70), 3)], mart_figure_series=series)
    assert values(frames["mart_figure_series"]) == {
        (COUNTY, "2022-02"): (500, None),
        (KOUQUAN, "2022-02"): (None, "secondary"),
    }


def loans(bank: str, amount: int, households: int, farm_amount: int, farm_households: int) -> dict[str, Any]:
    return row_of(
        "mart_loan_disbursement",
        month_start_date=date(2022, 5, 1), month_label="2022-05", township_code=GAOSHAN,
        institution_code=bank, amount_yuan=Decimal(amount),
        notes=households, households=households, farm_amount_yuan=Decimal(farm_amount),
        farm_notes=farm_households, farm_households=farm_households, cumulative_amount_yuan=Decimal(9999),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("few", "reason"),
    [
        (loans("psbc", 70, 2, 70, 2), "few households"),
        (loans("psbc", 100, 12, 70, 9), "few that are no farmers"),
        (loans("psbc", -70, 0, -70, 0), "a reversal, of which no household is counted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_banks_month_is_left_out_with_another_that_would_give_it_back(
    few: dict[str, Any], reason: str
) -> None:
    banks = [few, loans("rcb", 700, 30, 700, 30), loans("citic", 230, 8, 230, 8)]
    month = figure(GAOSHAN, "2022-05", 1000)
    frames = exported([(month, 40)], mart_loan_disbursement=banks)

    rows = frames["mart_loan_disbursement"]
    assert rows.select("institution_code", "farm_amount_yuan", "notes", "suppression").rows() == [
        ("psbc", None, None, "primary"),
        ("rcb", 700, 30, None),
        ("citic", None, None, "secondary"),
    ]
    assert [name for name in rows.columns if name.startswith(("cumulative_", "unknown_"))] == []


def test_other_marts_leave_out_what_their_figure_is_or_their_own_households() -> None:
    small = figure(GAOSHAN, "2022", 70)
    card = row_of("mart_township_scorecard", township_code=GAOSHAN, year=2022, rural_tourism_visits=12,
                  farm_loans_disbursed_yuan=Decimal(70))  # fmt: skip
    village = row_of("mart_village_overview", village_code=VILLAGE, registered_households=80,
                     farm_loan_amount_yuan=Decimal(70), farm_loan_notes=9, farm_loan_households=1,
                     farm_loan_balance_yuan=Decimal(10))  # fmt: skip
    frames = exported([(small, 3)], mart_township_scorecard=[card], mart_village_overview=[village])

    (row,) = frames["mart_township_scorecard"].to_dicts()
    assert (row["farm_loans_disbursed_yuan"], row["rural_tourism_visits"]) == (None, 12)
    (row,) = frames["mart_village_overview"].to_dicts()
    assert (row["registered_households"], row["suppression"]) == (80, "primary")
    assert {row[name] for name in row if name.startswith("farm_loan_")} == {None}
