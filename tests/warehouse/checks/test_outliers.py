"""What is far off its history, last year, its peers or the form's usual size, and what is not."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from schemas.field import columns
from schemas.lineage import FactLineage
from tests.district import BUILT, CATALOGUE

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]
SIZES = (60, 70, 80, 90, 100, 110, 120, 130, 140, 150)


def series(entity: str | None, values: Mapping[str, float], **fields: Any) -> list[Row]:
    """One number a period, each in a delivery of its own."""
    plain = {
        "fact_table": "fact_village_credit",
        "field": "granted_yuan",
        "entity": entity,
        "sheet_row": 5,
        "season_peers": 8,
    }
    return [
        plain
        | {
            "delivery_id": f"{entity}/{period}",
            "period": period,
            "year": int(period[:4]),
            "part": period[5:7],
            "value": value,
        }
        | fields
        for period, value in values.items()
    ]


def peers(period: str, values: tuple[float, ...] = SIZES, **fields: Any) -> list[Row]:
    """Villages of one period, none with a history."""
    number = count()
    return [row for value in values for row in series(f"P{next(number)}", {period: value}, **fields)]


def outliers(run_model: RunModel, rows: list[Row]) -> list[tuple[str, str, int | None]]:
    """Delivery, basis and slip of each number that is an outlier."""
    outlier_rows = run_model("dq_outlier", dq_watched_value=rows)
    return [(row["delivery_id"], row["basis"], row["slip"]) for row in outlier_rows]


def quarters(values: tuple[float, ...]) -> dict[str, float]:
    return {f"{2020 + i // 4}-Q{i % 4 + 1}": value for i, value in enumerate(values)}


def test_a_number_far_off_eight_others_of_its_own(run_model: RunModel) -> None:
    rows = series("V1", quarters((100, 102, 98, 101, 103, 97, 100, 104, 3000)))
    assert outliers(run_model, rows) == [("V1/2022-Q1", "history", None)]


def test_ten_times_its_history_may_be_a_wrong_unit(run_model: RunModel) -> None:
    (outlier,) = run_model(
        "dq_outlier", dq_watched_value=series("V1", quarters((100, 102, 98, 101, 1000, 97, 100, 104)))
    )
    assert (outlier["period"], outlier["slip"], outlier["value"]) == ("2021-Q1", 10, 1000)
    assert outlier["reference_value"] == pytest.approx(100.5, rel=0.01)
    assert outlier["ratio"] == pytest.approx(9.95, rel=0.01)
    assert outlier["z_score"] > 3.5
    assert outlier["compared_values"] == 8


def test_a_wide_history_is_no_verdict_against_a_number_within_it(run_model: RunModel) -> None:
    assert outliers(run_model, series("V1", quarters((10, 1000, 40, 300, 20, 700, 60, 900)))) == []


def test_without_spread_the_history_is_a_band(run_model: RunModel) -> None:
    assert outliers(run_model, series("V1", quarters((100,) * 8 + (400,)))) == []
    assert outliers(run_model, series("V1", quarters((100,) * 8 + (600,)))) == [("V1/2022-Q1", "history", 10)]


def test_of_two_years_the_one_is_odd_that_its_peers_are_further_from(run_model: RunModel) -> None:
    steady = [row for n in range(9) for row in series(f"P{n}", {"2021": 90 + n, "2022": 92 + n})]
    now = series("V1", {"2021": 100, "2022": 1_000_000})
    before = series("V1", {"2021": 1_000_000, "2022": 100})
    assert outliers(run_model, steady + now) == [("V1/2022", "last_year", 10_000)]
    assert outliers(run_model, steady + before) == [("V1/2021", "next_year", 10_000)]


def test_the_other_number_is_named(run_model: RunModel) -> None:
    (outlier,) = run_model("dq_outlier", dq_watched_value=series("V1", {"2021": 100, "2022": 4000}))
    assert (outlier["basis"], outlier["other_delivery_id"], outlier["other_sheet_row"]) == (
        "last_year",
        "V1/2021",
        5,
    )


def test_of_the_years_on_both_sides_the_one_further_off_is_named(run_model: RunModel) -> None:
    rows = series("V1", {"2020": 1, "2021": 100, "2022": 2})
    candidates = run_model("dq_outlier_candidate", dq_watched_value=rows)
    shown = [(row["basis"], row["delivery_id"], row["other_delivery_id"]) for row in candidates]
    assert shown == [
        ("history", "V1/2021", None),
        ("last_year", "V1/2021", "V1/2020"),
        ("next_year", "V1/2021", "V1/2022"),
    ]


def test_the_ratio_is_that_of_the_two_values_and_the_adjusted_one_leaves_out_what_all_did(
    run_model: RunModel,
) -> None:
    halved = [row for n in range(9) for row in series(f"P{n}", {"2021": 90 + n, "2022": (90 + n) / 2})]
    (outlier,) = run_model("dq_outlier", dq_watched_value=halved + series("V1", {"2021": 100, "2022": 4000}))
    names = ("basis", "value", "reference_value", "ratio")
    assert tuple(outlier[name] for name in names) == ("last_year", 4000, 100, 40)
    assert outlier["adjusted_ratio"] == pytest.approx(80)


def test_every_comparison_gives_the_ratio_of_the_values_shown(run_model: RunModel) -> None:
    def form(year: str, factor: float) -> list[Row]:
        of_form = {"delivery_id": year, "reporter_code": "finance", "entity": None, "field": "other"}
        rows = [row for value in SIZES for row in series(None, {year: value * factor})]
        return [row | of_form | {"sheet_row": number} for number, row in enumerate(rows)]

    rows = (
        series("V1", quarters((100, 102, 98, 101, 103, 97, 100, 104, 3000)))
        + series("V2", {"2021": 100, "2022": 4000})
        + [row for n in range(9) for row in series(f"P{n}", {"2021": 90 + n, "2022": 92 + n})]
        + series("V3", {"2021": 4000, "2022": 100})
        + series("V4", {"2022": 700_000})
        + form("2021", 1)
        + form("2022", 10_000)
    )
    candidates = run_model("dq_outlier_candidate", dq_watched_value=rows)

    assert {row["basis"] for row in candidates} == {"history", "last_year", "next_year", "peers", "delivery"}
    for row in candidates:
        assert row["ratio"] == pytest.approx(row["value"] / row["reference_value"], abs=1e-6)


def test_what_was_so_a_year_before_is_its_season(run_model: RunModel) -> None:
    winter, summer = 10, 400
    months = (winter, summer, summer, summer) * 3
    assert outliers(run_model, series("V1", quarters(months))) == []


def test_what_the_period_does_to_all_is_no_news_of_one(run_model: RunModel) -> None:
    rows = [row for n in range(9) for row in series(f"P{n}", {"2021": 90 + n, "2022": 10 * (90 + n)})]
    assert outliers(run_model, rows) == []


def test_a_season_that_few_peers_share_hides_no_slip(run_model: RunModel) -> None:
    season = dict(
        zip(
            (f"2022-{month:02}" for month in range(1, 13)), (1, 1, 2, 4, 8, 9, 10, 9, 6, 3, 1, 1), strict=True
        )
    )
    sites = [
        row
        for n in range(4)
        for row in series(f"P{n}", {m: (90 + n) * s for m, s in season.items()}, season_peers=5)
    ]
    slip = {month: 100 * share * (10 if month == "2022-12" else 1) for month, share in season.items()}
    assert outliers(run_model, sites + series("V1", slip, season_peers=5)) == [("V1/2022-12", "history", 10)]


@pytest.mark.parametrize(("value", "bases"), [(5900, []), (7000, ["peers"])])
def test_without_history_peers_are_what_there_is(run_model: RunModel, value: float, bases: list[str]) -> None:
    rows = peers("2022", SIZES) + series("V1", {"2022": value})
    assert [basis for _, basis, _ in outliers(run_model, rows)] == bases


def test_seven_peers_give_no_verdict(run_model: RunModel) -> None:
    assert outliers(run_model, peers("2022", SIZES[:6]) + series("V1", {"2022": 10_000_000})) == []


def test_peers_share_their_group(run_model: RunModel) -> None:
    rows = peers("2022", SIZES, peer_group="crops") + series("V1", {"2022": 1_000_000}, peer_group="cattle")
    assert outliers(run_model, rows) == []


def test_a_whole_form_in_another_unit_than_the_year_before(run_model: RunModel) -> None:
    def form(year: str, factor: float) -> list[Row]:
        return [
            row | {"delivery_id": year, "sheet_row": number, "reporter_code": "finance", "entity": None}
            for number, value in enumerate(SIZES)
            for row in series(None, {year: value * factor})
        ]

    slips = outliers(run_model, form("2021", 1) + form("2022", 10_000))
    assert slips == [("2022", "delivery", 10_000)] * len(SIZES)


def test_small_counts_are_not_compared(run_model: RunModel) -> None:
    small = series("V1", quarters((1, 1, 1, 1, 1, 1, 1, 1, 12)), is_count=True)
    assert outliers(run_model, small) == []


def test_nothing_and_less_have_no_size(run_model: RunModel) -> None:
    assert outliers(run_model, series("V1", quarters((100,) * 8 + (0,)))) == []
    assert outliers(run_model, series("V1", quarters((100,) * 8 + (-600,)))) == []


def test_every_number_of_a_fact_is_watched_or_says_why_not() -> None:
    watched_columns = {
        f"{fact}.{name}" for fact, settings in CATALOGUE.watched.fact.items() for name in settings.columns
    }
    spared = [name for names in CATALOGUE.watched.unwatched.values() for name in names]
    placed = {column.name for column in columns(FactLineage)} | {"year", "quarter", "month"}
    numbers = {
        f"{fact}.{column.name}"
        for fact, model in BUILT.items()
        for column in columns(model)
        if fact.startswith("fact_") and column.dtype.is_numeric() and column.name not in placed
    }
    assert watched_columns | set(spared) == numbers
    assert watched_columns.isdisjoint(spared)
    assert len(spared) == len(set(spared))
