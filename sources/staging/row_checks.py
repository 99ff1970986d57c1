"""Check results of row rules: how many rows of some deliveries break each rule, and which rows."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from schemas.check_result import CheckResult, Finding
from schemas.thresholds import Importance
from schemas.validate import rules
from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.staging.files import DOUBTS, ROW_DOUBTS, rejected_paths, rule_messages

Findings = Mapping[str, tuple[Finding, ...]]
"""By rule, the rows that break it."""

_NO_FINDINGS: Findings = MappingProxyType({})
_MOST_FINDINGS = 50


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
    references: References, table: str, receipts: Iterable[Receipt], findings: Findings = _NO_FINDINGS
) -> list[CheckResult]:
    """Count the rows of these deliveries that break each row rule of a table, also where none does."""
    of_table = [receipt for receipt in receipts if receipt.table == table]
    checked = sum(receipt.rows.candidate for receipt in of_table)
    results = []
    for rule, (title, importance) in row_rules(references, table).items():
        failed = sum(receipt.rule_counts.get(rule, 0) for receipt in of_table)
        results.append(
            CheckResult(
                name=rule,
                table=f"staged_{table}",
                kind="row_rule",
                title=title,
                importance=importance,
                blocking=False,
                failed_rows=failed,
                checked_rows=checked,
                findings=findings.get(rule, ()),
            )
        )
    return results


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
        evidence=f"{receipt.file.folder}，{row['message']}"
        + (f"，填报值={row['value']}" if row["value"] else ""),
    )
