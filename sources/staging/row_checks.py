"""Check results of row rules: how many rows of some deliveries break each rule, and which rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.check_result import CheckResult, Finding
from schemas.thresholds import Importance
from schemas.validate import rules
from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.staging.files import rejected_paths
from sources.staging.messages import CELL_RULES, DOUBTS, LINE_RULES, ROW_DOUBTS, rule_messages

Findings = Mapping[str, tuple[Finding, ...]]
"""By rule, the rows that break it."""

_NO_FINDINGS: Findings = MappingProxyType({})
_MOST_FINDINGS = 50
_PLACES = ("unknown_place", "ambiguous_place")


def row_rules(references: References, table: str) -> dict[str, tuple[str, Importance]]:
    """Map every row rule of a table, in a stable order, to its title in Chinese and its importance."""
    model = references.tables[table]
    flags = {rule.name for rule in rules(model) if rule.severity == "flag"}
    flags |= ROW_DOUBTS.keys() | {
        f"{column.name}__{doubt}" for column in references.columns_to_fill(table) for doubt in DOUBTS
    }
    messages = rule_messages(model, references.columns_to_fill(table))
    return {rule: (message, "low" if rule in flags else "normal") for rule, (_, message) in messages.items()}


def row_rule_results(
    references: References,
    table: str,
    receipts: Iterable[Receipt],
    rejected: Sequence[Path] = (),
    findings: Findings = _NO_FINDINGS,
) -> list[CheckResult]:
    """Count the rows of these deliveries that break each row rule of a table, also where none does.

    rejected: their files of rejected rows; findings: see row_findings.
    """
    of_table = [receipt for receipt in receipts if receipt.table == table]
    checked = sum(receipt.rows.candidate for receipt in of_table)
    counts: Counter[str] = Counter()
    for receipt in of_table:
        counts.update(receipt.rule_counts)
    listed = row_rules(references, table)
    thresholds = references.catalogue.thresholds
    merged = merged_rules(references.tables[table], listed)
    merged_counts = count_merged(rejected, merged, counts)
    return [
        CheckResult(
            name=rule,
            table=f"staged_{table}",
            kind="row_rule",
            title=title,
            importance=importance,
            blocking=False,
            failed_rows=counts[rule],
            checked_rows=checked,
            severity=thresholds.threshold_of(rule, importance).severity(counts[rule], checked),
            findings=findings.get(rule, ()),
            merged_into=merged.get(rule),
            merged_failed_rows=merged_counts.get(merged.get(rule, ""), 0),
        )
        for rule, (title, importance) in listed.items()
    ]


def merged_rules(model: type[pa.DataFrameModel], names: Iterable[str]) -> dict[str, str]:
    """Map the rules that ask the same of several fields to the check of `MERGED` that shows them together."""
    limits = {rule.name for rule in rules(model) if rule.limits is not None}
    merged = {}
    for name in names:
        field, _, asked = name.partition("__")
        if asked == "required":
            merged[name] = "required_filled"
        elif name in limits:
            merged[name] = "values_in_domain"
        elif asked in _PLACES:
            merged[name] = "places_known"
        elif name in LINE_RULES or (asked in (CELL_RULES | DOUBTS) and field != "row"):
            merged[name] = "cells_readable"
        elif name in ROW_DOUBTS:
            merged[name] = "rows_visible"
    return merged


def count_merged(
    rejected: Sequence[Path], merged: Mapping[str, str], counts: Mapping[str, int]
) -> dict[str, int]:
    """Count by merged check the rows that break any of its rules; the files are read where several are broken."""
    broken: dict[str, list[str]] = {}
    for rule, check in merged.items():
        if counts.get(rule):
            broken.setdefault(check, []).append(rule)
    several = [rule for rules_of in broken.values() if len(rules_of) > 1 for rule in rules_of]
    distinct = {check: counts[rules_of[0]] for check, rules_of in broken.items()}
    if several:
        rows = (
            pl.scan_parquet(list(rejected))
            .filter(pl.col("rule").is_in(several))
            .select("delivery_id", "sheet_name", "sheet_row", check=pl.col("rule").replace_strict(merged))
            .unique()
        )
        distinct |= dict(rows.group_by("check").len().collect().iter_rows())
    return distinct


def row_findings(home: Home, receipts: Iterable[Receipt]) -> Findings:
    """Read the rows of these deliveries that break each row rule, last delivery first.

    At most the first 50 rows of each file, and 50 rows per rule.
    """
    findings: dict[str, list[Finding]] = {}
    for receipt in receipts:
        for path in rejected_paths(home, [receipt]):
            for row in pl.scan_parquet(path).head(_MOST_FINDINGS).collect().iter_rows(named=True):
                findings.setdefault(row["rule"], []).append(_finding(receipt, row))
    return {rule: tuple(rows[::-1][:_MOST_FINDINGS]) for rule, rows in findings.items()}


def _finding(receipt: Receipt, row: dict[str, Any]) -> Finding:
    return Finding(
        delivery_id=receipt.delivery_id,
        period=receipt.period,
        sheet_name=row["sheet_name"],
        sheet_row=row["sheet_row"],
        fields=row["field"],
        cells=row["cell"],
        evidence=row["message"] + (f"，填报值={row['value']}" if row["value"] else ""),
    )
