"""The answers that the worked questions must give on the sample, worked out without the warehouse's SQL.

From the sample's manifest where it has the figure, else from the staged rows of the deliveries in force.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from sources.frames import reference_frames
from tests.warehouse.loaded_sample import Sample

Rows = list[tuple[Any, ...]]
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]
FIGURES = {
    "agri_processing": "农产品加工销售收入、产值",
    "village_profile": "村级设施、卫生厕所与自来水",
    "loan_note": "贷款余额、发放额与户数",
    "rural_tourism": "乡村旅游人次与收入",
}


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


def enterprises_with_gaps(sample: Sample) -> Rows:
    rows = sample.staged("agri_processing")
    named = dict(rows.sort("period").select("credit_code", "enterprise_name").iter_rows())
    reported = set(rows.select("credit_code", "period").iter_rows())
    periods = sorted({period for _, period in reported})
    found = {
        (sample.reporter_names[reporter], named[code], int(year), int(other[-1]), "缺报", *[None] * 4)
        for code, reporter, year in rows.select(
            "credit_code", "reporter_code", pl.col("period").str.head(4)
        ).iter_rows()
        for other in periods
        if other.startswith(year) and (code, other) not in reported
    }
    assert {(row[0], f"{row[2]}-Q{row[3]}") for row in found} == {
        (sample.reporter_names[lost["reporter"]], lost["period"])
        for lost in sample.manifest.missing
        if lost["table"] == "agri_processing"
    }
    return sorted(found, key=lambda row: (row[2], row[3], row[0], row[1]))


def farm_loans_by_month(sample: Sample) -> Rows:
    first = (
        sample.staged("loan_note")
        .filter(pl.col("amount_yuan").is_not_null())
        .sort("period")
        .unique(["reporter_code", "note_number"], keep="first")
    )
    granted = first.filter(
        pl.col("borrower_type") == "农户",
        pl.col("grant_type").fill_null("新增") == "新增",
        pl.col("prior_note_number").is_null(),
        pl.col("grant_date") >= date(2021, 1, 1),
    )
    farmers = sample.manifest.figures["loan_disbursement"]["farmers_at_rcb_yungang"]
    assert granted.filter(reporter_code="rcb_yungang")["amount_yuan"].sum() == Decimal(farmers["amount_yuan"])
    rows = []
    for township in sorted({*sample.staged("rural_tourism")["township"], *first["township"]}):
        to_date = Decimal(0)
        for month in MONTHS:
            day = pl.col("grant_date").dt.strftime("%Y-%m")
            amounts = granted.filter(day == month, township=township)["amount_yuan"].to_list()
            to_date += sum(amounts)
            rows.append((township, month, cents(sum(amounts)), len(amounts), to_date))
    return rows


def non_performing_by_township(sample: Sample) -> Rows:
    notes = sample.staged("loan_note")
    latest = notes.filter(pl.col("period") == pl.col("period").max().over("reporter_code"))
    rows = []
    for (township,), held in latest.group_by("township"):
        balances = [
            held.filter(pl.col("five_class").is_in(classes))["balance_yuan"].sum()
            for classes in (["次级", "可疑", "损失"], ["关注"], ["正常", "关注", "次级", "可疑", "损失"])
        ]
        bad, mentioned, classified = balances
        whole = held["balance_yuan"].sum()
        rows.append((township, whole, bad, cents(100 * bad / whole), mentioned, whole - classified))
    assert sum(row[2] for row in rows) > 0
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def fewest_sanitary_toilets(sample: Sample) -> Rows:
    villages = sample.staged("village_profile").filter(period="2022")
    said = sample.manifest.figures["village_profile"]["2022"]
    assert villages["sanitary_toilet_households"].sum() == said["sanitary_toilet_households"]
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


def fiscal_funds_by_level(sample: Sample) -> Rows:
    funds = sample.staged("fiscal_fund")
    total = funds.filter(period="2022")["budgeted_yuan"].sum()
    rows = []
    for level in ("中央", "省级", "市级", "区级"):
        this, last = (funds.filter(period=year, level=level) for year in ("2022", "2021"))
        budgeted, paid = this["budgeted_yuan"].sum(), this["paid_yuan"].sum()
        growth = change(budgeted, last["budgeted_yuan"].sum())
        share, paid_rate = cents(100 * budgeted / total), cents(100 * paid / budgeted)
        rows.append((level, this.height, budgeted, share, growth, paid, paid_rate))
    assert rows[-1][2] == Decimal(sample.manifest.targets["fiscal_funds_2022_yuan"])
    return rows


def village_credit_by_township(sample: Sample) -> Rows:
    steps = ("filed_households", "rated_households", "granted_households", "drawn_households")
    rows = []
    for (township,), held in sample.staged("village_credit").filter(period="2022-Q4").group_by("township"):
        counts = [held[step].sum() for step in steps]
        rows.append(
            (
                township,
                "2022-Q4",
                held.height,
                held["is_credit_village"].sum(),
                *counts,
                cents(Decimal(100 * counts[3]) / counts[2]),
                held["granted_yuan"].sum(),
                held["drawn_yuan"].sum(),
            )
        )
    assert sum(row[3] for row in rows) == int(sample.manifest.targets["credit_villages"])
    return sorted(rows, key=lambda row: -row[9])


def deliveries_in_doubt(sample: Sample) -> Rows:
    last = {r.key: r for r in sample.receipts if r.outcome != "duplicate"}
    counted = {r.key for r in sample.receipts if r.outcome == "accepted"}
    expected = {delivery.file.split("/")[-1]: delivery for delivery in sample.manifest.deliveries}
    rows = []
    for receipt in last.values():
        said = expected[receipt.file.name]
        is_accepted = said.outcome == "accepted"
        rejected, flagged = (
            len({row.row for row in said.rejected_rows}),
            len({row.row for row in said.flagged_rows}),
        )
        if is_accepted and not rejected and not flagged:
            continue
        if is_accepted:
            state = "部分行退回" if rejected else "有存疑的行"
        elif not receipt.table or not receipt.period:
            state = "整份退回，未认出表或报告期"
        else:
            state = "整份退回，仍用此前的报送" if receipt.key in counted else "整份退回，该期缺数"
        figures = FIGURES.get(receipt.table, receipt.form_title or "未认出")
        names = (sample.reporter_names[said.reporter], receipt.file.name, receipt.period)
        rows.append((is_accepted, (*names, state, rejected, flagged, figures)))
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1][0], pair[1][2], pair[1][1]))]


def villages_2020_to_2022(sample: Sample) -> Rows:
    def listed(on: date) -> dict[str, str]:
        held = sample.divisions.filter(
            pl.col("level") == "village",
            pl.col("valid_from") <= on,
            pl.col("valid_to").fill_null(date.max) > on,
        )
        return dict(held.select("division_code", "parent_code").iter_rows())

    old, new = listed(date(2020, 6, 30)), listed(date(2022, 10, 31))
    assert (len(old), len(new)) == (120, 94)
    unknown = set(
        reference_frames()["ref_division_crosswalk"].filter(relation="unknown_successor")["from_code"]
    )
    rows = []
    for township in {*old.values(), *new.values()}:
        before, after = ({code for code, parent in held.items() if parent == township} for held in (old, new))
        gone = before - after
        counts = map(len, (before, after, before & after, gone, gone & unknown, after - before))
        rows.append((sample.place_names[township], *counts))
    return sorted(rows)


def certificates_expiring(sample: Sample) -> Rows:
    as_of, until = date(2022, 12, 31), date(2023, 6, 30)
    rows = [
        (
            *(said[name] for name in ("product_name", "holder_name", "certification", "certificate_number")),
            sample.place_names.get(said["township_code"]),
            said["valid_to_date"],
            (said["valid_to_date"] - as_of).days,
        )
        for said in sample.staged("certified_product").filter(period="2022").iter_rows(named=True)
        if said["valid_from_date"] <= as_of <= said["valid_to_date"] <= until
    ]
    return sorted(rows, key=lambda row: (row[5], row[3]))


def grain_and_milk_by_township(sample: Sample) -> Rows:
    farming = sample.staged("agri_output")
    rows = []
    for township in sorted(set(farming["reporter_code"])):
        told: list[Any] = [sample.reporter_names[township]]
        for output in ("grain_output_tonnes", "milk_output_tonnes"):
            this, last = (
                farming.filter(reporter_code=township, period=year)[output].sum() for year in ("2022", "2021")
            )
            told += [this, this - last, change(this, last) if last else None]
        rows.append((*told, "是"))
    return sorted(rows, key=lambda row: -row[1])


EXPECTED: dict[str, Callable[[Sample], Rows]] = {
    answer.__name__: answer
    for answer in (
        agri_sales_by_township,
        certificates_expiring,
        deliveries_in_doubt,
        enterprises_with_gaps,
        farm_loans_by_month,
        fewest_sanitary_toilets,
        fiscal_funds_by_level,
        grain_and_milk_by_township,
        non_performing_by_township,
        tourism_by_month,
        village_credit_by_township,
        villages_2020_to_2022,
    )
}
"""What works out the answer, by the name of the question's file."""


def cents(value: Decimal | int) -> Decimal:
    """To two decimals, half away from zero."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def change(this: Decimal, last: Decimal) -> Decimal:
    """Growth in percent."""
    return cents(100 * (this - last) / last)
