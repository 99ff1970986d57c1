"""The answers to questions of 乡村建设, worked out from staged rows without the warehouse's SQL."""

from decimal import Decimal

import polars as pl

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample
from tests.warehouse.queries.answers.rounding import cents, whole_sum


def classified_villages_that_left(sample: Sample) -> Rows:
    targets = sample.manifest.targets
    rows = []
    for (village_class,), villages in sample.staged("village_class").group_by("village_class"):
        codes = set(villages["village_code"].drop_nulls())
        left = codes & set(sample.divisions.filter(pl.col("valid_to").is_not_null())["division_code"])
        rows.append(
            (village_class, villages.height, len(codes - left), len(left), villages.height - len(codes))
        )
    counted = {row[0]: row[1] for row in rows}
    assert counted["搬迁撤并类"] == int(targets["villages_relocation"])
    assert sum(row[3] for row in rows) == 28
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def waste_treatment_by_month(sample: Sample) -> Rows:
    rows = []
    for (township, period), villages in sample.staged("living_environment").group_by("township", "period"):
        households = whole_sum(villages["households"])
        collected = whole_sum(villages["waste_collected_households"])
        share, daily = cents(Decimal(100 * collected) / households), villages["has_daily_clearance"].sum()
        rows.append((township, period, households, collected, share, daily, villages.height))
    last = [row for row in rows if row[1] == "2022-12"]
    whole = Decimal(100 * sum(row[3] for row in last)) / sum(row[2] for row in last)
    assert round(whole, 4) == Decimal(sample.manifest.targets["waste_treated_pct"])
    return sorted(rows)


def village_projects_by_kind(sample: Sample) -> Rows:
    rows = []
    for (kind,), own in sample.staged("village_project").filter(period="2022").group_by("project_kind"):
        invested = own["invested_yuan"].drop_nulls()
        rows.append((kind, own.height, own.filter(status="完成").height, len(invested), invested.sum()))
    return sorted(rows, key=lambda row: (-row[4], row[0]))


def infrastructure_by_township(sample: Sample) -> Rows:
    rows = []
    for (township,), own in (
        sample.staged("infrastructure_project").filter(period="2022").group_by("township")
    ):
        unfinished = own["completed_date"].null_count()
        rows.append(
            (township, own.height, own["village_code"].n_unique(), own["invested_yuan"].sum(), unfinished)
        )
    return sorted(rows, key=lambda row: (-row[3], row[0]))
