"""Reconciliation (printed totals, printed rules, source against source), outliers, and corrections."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.catalogue import Table
from schemas.check_result import CheckResult
from schemas.field import columns
from warehouse.database.describe import table_title
from warehouse.reports.quality.all_rows import findings_sql
from warehouse.reports.quality.failing import FailedRow, place_of
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed
from warehouse.reports.quality.reading import SQL, Published
from warehouse.reports.rendering import half_up, plain

BASES = {
    "history": "本主体各期",
    "last_year": "上年同期",
    "next_year": "下年同期",
    "peers": "同期同类",
    "delivery": "本单位其他整表",
}
CORRECTION_STATES = {
    "applied": "已更正",
    "guard_failed": "原文已变，未更正",
    "no_delivery": "没有有效报送",
    "waiting": "报送待核实或已撤回",
}
_TEXTS = ("expected_text", "corrected_text", "found_text")
_SHOWN_ELSEWHERE = {"control_total_agrees", "printed_rule_holds", "correction_guard_holds"}
"""Checks of kind reconciliation that the page shows in lists of their own."""


@dataclass(frozen=True)
class Disagreement:
    """A printed total or rule that does not hold. left, right: the numbers that should agree, written out."""

    file: str
    form_title: str
    period: str
    place: str
    what: str
    left: str
    right: str
    difference: str


@dataclass(frozen=True)
class CrossSource:
    """A rule that compares one source with another, with the rows that break it."""

    title: str
    failed_rows: int
    rows: Listed


@dataclass(frozen=True)
class Reconciliation:
    """Disagreements of every kind.

    compared, evaluated, checked: number of totals, printed rules and rules across sources. not_understood:
    number of printed rules that could not be read.
    """

    compared: int
    totals: Listed
    evaluated: int
    not_understood: int
    printed_rules: Listed
    checked: int
    cross_source: tuple[CrossSource, ...]

    @property
    def cross_source_rows(self) -> int:
        """Number of rows that break rules across sources."""
        return sum(rule.failed_rows for rule in self.cross_source)


@dataclass(frozen=True)
class Outlier:
    """A number far from its reference. ratio: value to reference. slip: factor of a wrong unit, or None.

    adjusted: the ratio by which it was judged, in words, where that is another one.
    """

    file: str
    period: str
    place: str
    what: str
    value: str
    basis: str
    reference: str
    ratio: str
    adjusted: str
    slip: int | None


def reconciliation_of(
    published: Published,
    checks: Sequence[CheckResult],
    deliveries: Mapping[str, DeliveryLine],
    built: Mapping[str, Table],
) -> Reconciliation:
    """Lay out the disagreements of the deliveries in force; those across sources are taken from the checks.

    deliveries: by delivery_id. built: tables whose columns have titles.
    """
    rules = published.printed_rules.unique(["delivery_id", "sheet_name", "rule_cell", "rule"])
    across = [c for c in checks if c.kind == "reconciliation" and c.name not in _SHOWN_ELSEWHERE]
    return Reconciliation(
        compared=published.totals.height,
        totals=listed(
            [_total(row, deliveries, built) for row in published.totals.filter(~pl.col("agrees")).to_dicts()],
            SQL["totals"],
        ),
        evaluated=rules.filter("is_understood").height,
        not_understood=rules.filter(~pl.col("is_understood")).height,
        printed_rules=listed(
            [
                _broken_rule(row, deliveries)
                for row in published.printed_rules.filter(pl.col("left_value").is_not_null()).to_dicts()
            ],
            SQL["printed_rules"],
        ),
        checked=len(across),
        cross_source=tuple(_cross_source(c, deliveries) for c in across if c.failed_rows),
    )


def outliers_of(
    outliers: pl.DataFrame,
    deliveries: Mapping[str, DeliveryLine],
    personal_tables: frozenset[str],
    built: Mapping[str, Table],
) -> Listed:
    """List the outliers, slips of unit first; those in personal tables without their values."""
    rows = [_outlier(row, deliveries, built) for row in outliers.to_dicts()]
    are_personal = [
        delivery is not None and delivery.table in personal_tables
        for delivery in map(deliveries.get, outliers["delivery_id"])
    ]
    shown = [
        replace(row, value="", reference="") if is_personal else row
        for row, is_personal in zip(rows, are_personal, strict=True)
    ]
    return listed(shown, SQL["outliers"])


def corrections_of(published: Published, personal_tables: frozenset[str]) -> Listed:
    """List the corrections, those whose guard failed first; those in personal tables without their texts."""
    names = dict(published.reporters.select("reporter_code", "reporter_name").rows())
    rows = [
        row
        | {
            "reporter_name": names.get(row["reporter_code"], row["reporter_code"]),
            "state_words": CORRECTION_STATES[row["state"]],
        }
        | (dict.fromkeys(_TEXTS) if row["staged_table"] in personal_tables else {})
        for row in published.corrections.to_dicts()
    ]
    return listed(rows, SQL["corrections"])


def _total(
    row: dict[str, Any], deliveries: Mapping[str, DeliveryLine], built: Mapping[str, Table]
) -> Disagreement:
    delivery = deliveries.get(row["delivery_id"])
    fact = built.get(f"fact_{delivery.table}") if delivery else None
    titles = {column.name: column.title for column in columns(fact)} if fact else {}
    what = f"{row['label']}：{titles.get(row['field'], row['field'])}"
    return _disagreement(row, deliveries, row["cell"], what, row["printed"], row["computed"])


def _broken_rule(row: dict[str, Any], deliveries: Mapping[str, DeliveryLine]) -> Disagreement:
    return _disagreement(row, deliveries, row["cell"], row["rule"], row["left_value"], row["right_value"])


def _disagreement(
    row: dict[str, Any],
    deliveries: Mapping[str, DeliveryLine],
    cell: str,
    what: str,
    left: Decimal | None,
    right: Decimal,
) -> Disagreement:
    delivery = deliveries.get(row["delivery_id"])
    return Disagreement(
        file=delivery.file if delivery else row["delivery_id"],
        form_title=delivery.form_title if delivery else "",
        period=delivery.period if delivery else "",
        place=f"{row['sheet_name']} {cell}".strip(),
        what=what,
        left="不是数字" if left is None else plain(left, thousands=True),
        right=plain(right, thousands=True),
        difference="" if left is None else plain(left - right, thousands=True),
    )


def _cross_source(check: CheckResult, deliveries: Mapping[str, DeliveryLine]) -> CrossSource:
    rows: list[FailedRow] = [place_of(finding, deliveries) for finding in check.findings]
    return CrossSource(
        check.title, check.failed_rows, listed(rows, findings_sql(check.name), check.failed_rows)
    )


def _outlier(
    row: dict[str, Any], deliveries: Mapping[str, DeliveryLine], built: Mapping[str, Table]
) -> Outlier:
    delivery = deliveries.get(row["delivery_id"])
    model = built[row["fact_table"]]
    field = next(column for column in columns(model) if column.name == row["field"])
    return Outlier(
        file=delivery.file if delivery else row["delivery_id"],
        period=row["period"],
        place=f"{row['sheet_name']} {row['cell'] or ''}".strip(),
        what=f"{table_title(model)}：{field.title}" + (f"（{field.unit}）" if field.unit else ""),
        value=_number(row["value"]),
        basis=f"{BASES[row['basis']]} {row['compared_values']} 个数",
        reference=_number(row["reference_value"]),
        ratio=_significant(row["ratio"]),
        adjusted=_adjusted(row),
        slip=row["slip"],
    )


def _adjusted(row: dict[str, Any]) -> str:
    """Say by which ratio an outlier was judged; empty where it is that of the values shown."""
    if math.isclose(row["adjusted_ratio"], row["ratio"], rel_tol=0.01):
        return ""
    what = "整表" if row["basis"] == "delivery" else "除去同期变化"
    return f"{what} {_significant(row['adjusted_ratio'])}"


def _significant(ratio: float) -> str:
    return f"{ratio:,.4g}"


def _number(value: float) -> str:
    """Write a number with two places, or more where it has fewer than four digits."""
    number = Decimal(repr(value))
    return plain(half_up(number, max(2, 3 - number.adjusted())), thousands=True)
