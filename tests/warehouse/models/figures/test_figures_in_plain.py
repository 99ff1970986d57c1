"""Figures of made-up counties are what plain Python makes of the rows that they are traced to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.staged_district import StagedDistrict, district_frames
from schemas.indicator import Grain, Indicator, Kind, Term
from tests.district import CATALOGUE, INDICATORS
from tests.warehouse.plain_figures import plain_figures
from tests.warehouse.standing_build import StandingBuild
from warehouse.build.order import model_sql
from warehouse.figures.indicator_frames import indicator_form_frame, indicator_frame

Row = dict[str, Any]
SHOWN = (
    "value", "previous_value", "numerator", "denominator", "source_rows", "flagged_rows", "corrected_rows",
    "missing_cells", "missing_deliveries", "rejected_rows", "doubtful_rows", "coverage_status", "doubt", "status",
    "change_value", "change_pct", "change_status",
)  # fmt: skip
LOANS, BANKS = "fact_loan_disbursement", (("loan_note", "last"), ("loan_transaction", "every"))
MONTHS: tuple[Grain, ...] = ("year", "quarter", "month")


def indicator(code: str, kind: Kind, value: Term, denominator: Term | None = None, **more: Any) -> Indicator:
    named: dict[str, Any] = {
        "name": code,
        "name_en": code,
        "chapter": "增收与金融",
        "definition": "",
        "source": "",
        "form": "",
    }
    unit = "%" if kind in ("ratio", "growth") else "个"
    return Indicator(code, kind=kind, value=value, denominator=denominator, **named, **{"unit": unit} | more)


def granted(aggregate: Any, column: str, where: str = "is_new_disbursement", **more: Any) -> Term:
    return Term(
        LOANS,
        aggregate,
        column,
        where,
        **{"dated_by": "event_date", "over_time": "sum", "forms": BANKS} | more,
    )


SINCE: dict[str, Any] = {"over_time": "to_date", "since": date(2021, 3, 1)}
SITES = Term("fact_rural_tourism", "count_distinct", "site_name", "visits > 300", over_time="sum")
MADE_UP = [
    indicator("granted", "flow", granted("sum", "amount_yuan"), periods=MONTHS),
    indicator("granted_growth", "growth", granted("sum", "amount_yuan"), periods=MONTHS),
    indicator("households", "flow", granted("count_distinct", "household_key"), periods=MONTHS),
    indicator("households_growth", "growth", granted("count_distinct", "household_key"), periods=("year", "month")),
    indicator("notes_to_date", "stock", granted("count", "note_number", **SINCE), periods=MONTHS),
    indicator("households_to_date", "stock", granted("count_distinct", "household_key", **SINCE), periods=MONTHS),
    indicator(
        "farm_household_share", "ratio",
        granted("count_distinct", "household_key", "is_farm_household", **SINCE),
        granted("count_distinct", "household_key", "true", **SINCE),
    ),
    indicator("sites", "stock", SITES, periods=MONTHS, disputed="无"),
    indicator("sites_growth", "growth", SITES, periods=("quarter",)),
    indicator("visits", "flow", Term("fact_rural_tourism", "sum", "visits", over_time="sum"), periods=MONTHS),
    indicator("last_visits", "stock", Term("fact_rural_tourism", "sum", "visits"), periods=MONTHS),
    indicator("visits_a_note", "ratio", Term("fact_rural_tourism", "sum", "visits"), granted("count", "note_number"), unit="次"),
    indicator("weighted", "flow", Term("fact_income_survey", "sum", "wage_income_yuan", weight="weight"), basis="2020"),
    indicator("villages", "stock", Term("dim_division", "count", "division_code", where="level = 'village'")),
]  # fmt: skip
"""Every kind of term and window: dated or not, latest, added up or to date, and ratios and growths of them."""

DISTRICTS = st.builds(
    StagedDistrict,
    townships=st.integers(1, 3),
    villages=st.integers(1, 3),
    years=st.sampled_from([(2021, 2022), (2020, 2022)]),
    lines=st.integers(1, 4),
    loan_notes=st.integers(1, 30),
    keys=st.sampled_from([1, 3, 10]),
    missing_share=st.sampled_from([0.0, 0.2]),
    seed=st.integers(0, 10**6),
)


def sources(district: StagedDistrict, indicators: Sequence[Indicator]) -> dict[str, pl.DataFrame]:
    """What a build of the county is given; its first village moves to the last township in the second year."""
    frames = district_frames(district)
    divisions = frames["ref_division"]
    moves = pl.col("division_code") == divisions.filter(pl.col("level") == "village")["division_code"][0]
    moved = divisions.filter(moves).with_columns(
        parent_code=pl.lit(district.township_codes[-1]), valid_from=date(district.years[0] + 1, 1, 1)
    )
    return frames | {
        "ref_division": pl.concat([divisions, moved]),
        "source_indicator": indicator_frame(indicators),
        "source_indicator_form": indicator_form_frame(indicators),
    }


def differences(
    ask: Callable[[str], list[Row]], indicators: Sequence[Indicator]
) -> list[tuple[Any, Row | None, Row | None]]:
    """The figures that are not as worked out in plain Python: key, built, expected."""
    built = {
        (row["indicator_code"], row["period"], row["basis"], row["division_code"]): {n: row[n] for n in SHOWN}
        for row in ask("select * from mart_figure")
    }
    expected = {
        key: {name: figure[name] for name in SHOWN}
        for key, figure in plain_figures(ask, {i.code: i for i in indicators}).items()
    }
    assert expected
    keys = sorted(built.keys() | expected.keys())
    return [(key, built.get(key), expected.get(key)) for key in keys if built.get(key) != expected.get(key)]


@pytest.fixture(scope="module")
def made_up_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingBuild]:
    made_up = replace(CATALOGUE, indicators={indicator.code: indicator for indicator in MADE_UP})
    with StandingBuild(tmp_path_factory.mktemp("made_up"), partial(model_sql, made_up)) as engine:
        yield engine


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(district=DISTRICTS)
def test_terms_of_every_kind_add_up(made_up_build: StandingBuild, district: StagedDistrict) -> None:
    relations = sources(district, MADE_UP)
    assert differences(lambda sql: made_up_build.select(sql, relations), MADE_UP) == []


def test_every_indicator_adds_up(standing_build: StandingBuild) -> None:
    district = StagedDistrict(townships=2, villages=2, years=(2021, 2022), lines=5, loan_notes=20, keys=3)
    relations = sources(district, list(INDICATORS.values()))
    assert differences(lambda sql: standing_build.select(sql, relations), list(INDICATORS.values())) == []


def test_a_term_to_date_begins_with_a_month() -> None:
    with pytest.raises(ValueError, match="begins with a month"):
        indicator(
            "half_month",
            "stock",
            granted("count", "note_number", over_time="to_date", since=date(2021, 3, 15)),
        )
