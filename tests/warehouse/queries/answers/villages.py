"""Answers on villages and their lists, worked out without the warehouse's SQL."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from sources.source_tables import reference_frames
from tests.district import REFERENCES
from tests.warehouse.queries.answers.loaded_sample import Rows, Sample
from tests.warehouse.queries.answers.rounding import cents


def fewest_sanitary_toilets(sample: Sample) -> Rows:
    villages = sample.staged("village_profile").filter(period="2022")
    figures = sample.manifest.figures["village_profile"]["2022"]
    assert villages["sanitary_toilet_households"].sum() == figures["sanitary_toilet_households"]
    rows = [
        (
            township,
            sample.place_names[code],
            2022,
            with_toilet,
            households,
            cents(Decimal(100 * with_toilet) / households),
        )
        for township, code, with_toilet, households in villages.sort(
            pl.col("sanitary_toilet_households") / pl.col("registered_households"), "village_code"
        )
        .select("township", "village_code", "sanitary_toilet_households", "registered_households")
        .iter_rows()
    ]
    return rows[:10]


def villages_between_lists(sample: Sample) -> Rows:
    def listed(on: date) -> dict[str, str]:
        of_day = sample.divisions.filter(
            pl.col("level") == "village",
            pl.col("valid_from") <= on,
            pl.col("valid_to").fill_null(date.max) > on,
        )
        return dict(of_day.select("division_code", "parent_code").iter_rows())

    old, new = listed(date(2020, 6, 30)), listed(date(2022, 10, 31))
    assert (len(old), len(new)) == (120, 94)
    unknown = set(
        reference_frames(REFERENCES)["ref_division_crosswalk"].filter(relation="unknown_successor")[
            "from_code"
        ]
    )
    rows = []
    for township in {*old.values(), *new.values()}:
        before, after = (
            {code for code, parent in villages.items() if parent == township} for villages in (old, new)
        )
        gone = before - after
        counts = map(len, (before, after, before & after, gone, gone & unknown, after - before))
        rows.append((sample.place_names[township], *counts))
    return sorted(rows)


def least_satisfied_villages(sample: Sample) -> Rows:
    surveyed = sample.staged("satisfaction_survey").filter(period="2022").to_dicts()
    worst = sorted(
        surveyed,
        key=lambda row: (
            Fraction(row["satisfied_persons"], row["surveyed_persons"]),
            -row["surveyed_persons"],
            row["village_code"],
        ),
    )
    return [
        (
            row["township"],
            sample.place_names[row["village_code"]],
            row["surveyed_persons"],
            row["satisfied_persons"],
            cents(Decimal(100 * row["satisfied_persons"]) / row["surveyed_persons"]),
        )
        for row in worst[:10]
    ]
