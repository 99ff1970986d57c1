"""The answers of the worked questions on grids and on supervision, worked out without the warehouse's SQL."""

from decimal import Decimal

import polars as pl

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample
from tests.warehouse.queries.answers.rounding import cents, whole_sum


def grids_by_township(sample: Sample) -> Rows:
    grids, persons, issues = (
        sample.staged(table).with_columns(township=pl.col("grid_code").str.slice(0, 9) + "000")
        for table in ("grid", "grid_person", "grid_issue")
    )
    assert grids["grid_code"].n_unique() == int(sample.manifest.targets["grids"])
    rows = []
    for (township,), own in grids.group_by("township"):
        roster = persons.filter(township=township)
        workers = roster.filter(role="网格员")
        tickets = issues.filter(township=township)
        resolved = tickets.filter("is_resolved")["ticket_number"].n_unique()
        rows.append(
            (
                sample.place_names[str(township)],
                own.height,
                own["has_party_group"].sum(),
                workers["person_key"].n_unique(),
                workers.filter(employment="专职")["person_key"].n_unique(),
                roster.filter(role="楼长")["person_key"].n_unique(),
                roster.filter(role="单元长")["person_key"].n_unique(),
                cents(whole_sum(own["households"]) / cents(workers["person_key"].n_unique())),
                resolved,
                cents(100 * resolved / cents(tickets["ticket_number"].n_unique())),
            )
        )
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def supervision_by_township(sample: Sample) -> Rows:
    items = sample.staged("work_supervision").filter(pl.col("period").str.starts_with("2022-"))
    pairs = sample.staged("leadership_pairing").filter(period="2022")
    rows = []
    for code, name in sample.place_names.items():
        paired = pairs.filter(township=name)
        if not paired.height:
            continue
        own = items.filter(township_code=code)
        supervised = own.filter(kind="督查指导")
        problems, rectified = (whole_sum(supervised[f"problems_{what}"]) for what in ("found", "rectified"))
        rows.append(
            (
                name,
                supervised.height,
                own.height - supervised.height,
                problems,
                rectified,
                cents(100 * rectified / cents(problems)),
                paired["village_code"].n_unique(),
                paired["visits"].sum(),
            )
        )
    return sorted(rows, key=lambda row: (-row[5], row[0]))


def grid_issues_by_category(sample: Sample) -> Rows:
    issues = sample.staged("grid_issue").filter(pl.col("period").str.starts_with("2022-"))
    rows = []
    for (category,), own in issues.group_by("category"):
        resolved = own.filter(pl.col("is_resolved"))
        days = whole_sum((resolved["closed_date"] - resolved["opened_date"]).dt.total_days())
        share = cents(Decimal(100 * resolved.height) / own.height)
        rows.append((category, own.height, resolved.height, share, cents(Decimal(days) / resolved.height)))
    return sorted(rows, key=lambda row: (-row[1], row[0]))
