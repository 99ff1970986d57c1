"""Answers on loans, funds and credit, worked out without the warehouse's SQL."""

from datetime import date
from decimal import Decimal

import polars as pl

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample
from tests.warehouse.queries.answers.rounding import cents, change, decimal_sum, whole_sum

MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]


def farm_loans_by_month(sample: Sample) -> Rows:
    first = (
        sample.staged("loan_note")
        .filter(pl.col("amount_yuan").is_not_null())
        .sort("period")
        .unique(["reporter_code", "note_number"], keep="first")
    )
    granted = first.filter(
        pl.col("borrower_type") == "农户",
        pl.col("grant_type") == "新增",
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


def fiscal_funds_by_level(sample: Sample) -> Rows:
    funds = sample.staged("fiscal_fund")
    total = decimal_sum(funds.filter(period="2022")["budgeted_yuan"])
    rows = []
    for level in ("中央", "省级", "市级", "区级"):
        this, last = (funds.filter(period=year, level=level) for year in ("2022", "2021"))
        budgeted, paid = decimal_sum(this["budgeted_yuan"]), decimal_sum(this["paid_yuan"])
        growth = change(budgeted, decimal_sum(last["budgeted_yuan"]))
        share, paid_rate = cents(100 * budgeted / total), cents(100 * paid / budgeted)
        rows.append((level, this.height, budgeted, share, growth, paid, paid_rate))
    assert rows[-1][2] == Decimal(sample.manifest.targets["fiscal_funds_2022_yuan"])
    return rows


def non_performing_by_township(sample: Sample) -> Rows:
    notes = sample.staged("loan_note")
    latest = notes.filter(pl.col("period") == pl.col("period").max().over("reporter_code"))
    rows = []
    for (township,), own in latest.group_by("township"):
        balances = [
            decimal_sum(own.filter(pl.col("five_class").is_in(classes))["balance_yuan"])
            for classes in (["次级", "可疑", "损失"], ["关注"], ["正常", "关注", "次级", "可疑", "损失"])
        ]
        bad, mentioned, classified = balances
        whole = decimal_sum(own["balance_yuan"])
        rows.append((township, whole, bad, cents(100 * bad / whole), mentioned, whole - classified))
    assert sum(row[2] for row in rows) > 0
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def village_credit_by_township(sample: Sample) -> Rows:
    steps = ("filed_households", "rated_households", "granted_households", "drawn_households")
    rows = []
    for (township,), own in sample.staged("village_credit").filter(period="2022-Q4").group_by("township"):
        counts = [whole_sum(own[step]) for step in steps]
        rows.append(
            (
                township,
                "2022-Q4",
                own.height,
                own["is_credit_village"].sum(),
                *counts,
                cents(Decimal(100 * counts[3]) / counts[2]),
                own["granted_yuan"].sum(),
                own["drawn_yuan"].sum(),
            )
        )
    assert sum(row[3] for row in rows) == int(sample.manifest.targets["credit_villages"])
    return sorted(rows, key=lambda row: -row[9])


def insurance_by_sector(sample: Sample) -> Rows:
    rows = []
    for key, own in sample.staged("insurance_policy").filter(period="2022").group_by("sector", "product"):
        premium, claims = decimal_sum(own["premium_yuan"]), decimal_sum(own["claims_yuan"])
        counts = whole_sum(own["insured_households"]), premium, whole_sum(own["claim_count"])
        rows.append((*key, own.height, *counts, claims, cents(100 * claims / premium)))
    return sorted(rows, key=lambda row: -row[4])


def monitored_households_by_township(sample: Sample) -> Rows:
    rows = []
    for (township,), own in (
        sample.staged("monitored_household").filter(period="2022-Q4").group_by("township")
    ):
        at_risk = own.filter(pl.col("cleared_date").is_null())
        cleared = cents(Decimal(100 * (own.height - at_risk.height)) / own.height)
        counts = whole_sum(own["monitored_persons"]), at_risk.height, at_risk.filter(is_helped=False).height
        rows.append((township, own.height, *counts, cleared))
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def credit_applications_by_category(sample: Sample) -> Rows:
    rows = []
    for (category,), own in (
        sample.staged("credit_application").filter(period="2022").group_by("project_category")
    ):
        applied, granted = decimal_sum(own["applied_yuan"]), sum(own["granted_yuan"].drop_nulls(), Decimal(0))
        approved, refused = own.filter(status="已批复").height, own.filter(status="未通过").height
        share = cents(100 * granted / applied)
        rows.append((category, own.height, applied, approved, granted, share, refused))
    return sorted(rows, key=lambda row: -row[2])
