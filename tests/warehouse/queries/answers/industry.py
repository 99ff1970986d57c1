"""Answers on processing, farming, certificates and tourism, worked out without the warehouse's SQL."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample
from tests.warehouse.queries.answers.rounding import cents, change

MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]


def agri_sales_by_township(sample: Sample) -> Rows:
    annual = sample.manifest.figures["agri_processing"]["by_year_and_township"]
    fourth = sample.staged("agri_processing").filter(pl.col("period").is_in(["2021-Q4", "2022-Q4"]))
    rows = []
    for reporter in (key.split("/")[1] for key in annual if key.startswith("2022/")):
        sales, before = (Decimal(annual[f"{year}/{reporter}"]["sales_revenue_yuan"]) for year in (2022, 2021))
        this, last = (
            dict(
                fourth.filter(period=f"{year}-Q4", **only)
                .select("credit_code", "sales_revenue_ytd_yuan")
                .iter_rows()
            )
            for year, only in ((2022, {"reporter_code": reporter}), (2021, {}))
        )
        both = this.keys() & last.keys()
        growth = change(sum(this[code] for code in both), sum(last[code] for code in both))
        name = sample.reporter_names[reporter]
        rows.append((name, 4, cents(sales / 10000), change(sales, before), growth, len(both), len(this)))
    return sorted(rows, key=lambda row: -row[2])


def certificates_expiring(sample: Sample) -> Rows:
    as_of, until = date(2022, 12, 31), date(2023, 6, 30)
    rows = [
        (
            *(
                certificate[name]
                for name in ("product_name", "holder_name", "certification", "certificate_number")
            ),
            sample.place_names.get(certificate["township_code"]),
            certificate["valid_to_date"],
            (certificate["valid_to_date"] - as_of).days,
        )
        for certificate in sample.staged("certified_product").filter(period="2022").iter_rows(named=True)
        if certificate["valid_from_date"] <= as_of <= certificate["valid_to_date"] <= until
    ]
    return sorted(rows, key=lambda row: (row[5], row[3]))


def enterprises_with_gaps(sample: Sample) -> Rows:
    rows = sample.staged("agri_processing")
    named = dict(rows.sort("period").select("credit_code", "enterprise_name").iter_rows())
    reported = set(rows.select("credit_code", "period").iter_rows())
    periods = sorted({period for _, period in reported})
    gaps = {
        (sample.reporter_names[reporter], named[code], int(year), int(other[-1]), "缺报", *[None] * 4)
        for code, reporter, year in rows.select(
            "credit_code", "reporter_code", pl.col("period").str.head(4)
        ).iter_rows()
        for other in periods
        if other.startswith(year) and (code, other) not in reported
    }
    assert {(row[0], f"{row[2]}-Q{row[3]}") for row in gaps} == {
        (sample.reporter_names[lost["reporter"]], lost["period"])
        for lost in sample.manifest.missing
        if lost["table"] == "agri_processing"
    }
    return sorted(gaps, key=lambda row: (row[2], row[3], row[0], row[1]))


def grain_and_milk_by_township(sample: Sample) -> Rows:
    farming = sample.staged("agri_output")
    rows = []
    for township in sorted(set(farming["reporter_code"])):
        cells: list[Any] = [sample.reporter_names[township]]
        for output in ("grain_output_tonnes", "milk_output_tonnes"):
            this, last = (
                farming.filter(reporter_code=township, period=year)[output].sum() for year in ("2022", "2021")
            )
            cells += [this, this - last, change(this, last) if last else None]
        rows.append((*cells, "是"))
    return sorted(rows, key=lambda row: -row[1])


def tourism_by_month(sample: Sample) -> Rows:
    year = sample.manifest.figures["rural_tourism"]["by_year"]["2022"]
    months = (
        sample.staged("rural_tourism")
        .filter(pl.col("period").str.starts_with("2022-"))
        .group_by("period")
        .agg(pl.len(), pl.col("visits", "revenue_yuan").sum())
        .sort("period")
    )
    assert months["revenue_yuan"].sum() == Decimal(year["revenue_yuan"])
    return [
        (
            period,
            sites,
            visits,
            revenue,
            cents(revenue / visits),
            cents(Decimal(100 * visits) / year["visits"]),
            "旺季" if 12 * visits > year["visits"] else "淡季",
        )
        for period, sites, visits, revenue in months.iter_rows()
    ]
