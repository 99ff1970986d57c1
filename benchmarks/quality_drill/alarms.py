"""Alarms: every reason and finding of a load, with its rule and its place."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from benchmarks.county import STAGED
from benchmarks.quality_drill.district import Loaded
from schemas.check_result import CheckResult, Finding
from schemas.validate import rules
from sources.home.receipts import Receipt
from sources.staging.files import rejected_paths

_AFTER_THE_FILES = "period=2023-"
"""Periods of which no files are made: they end with 2022, but the last arrive when the first of 2023 are due."""

Spot = tuple[str, str, frozenset[str]]
"""The path of a file in the inbox, a sheet (the empty text for any), and the addresses of cells (none for any)."""


@dataclass(frozen=True)
class Alarm:
    """A broken rule. spots: its places; text: its message or evidence, for rules that name no cell.

    compared: the cells of all fields that the rule compares, of which spots has the first.
    """

    rule: str
    spots: tuple[Spot, ...]
    text: str
    compared: tuple[Spot, ...] = ()


def read_alarms(loaded: Loaded) -> list[Alarm]:
    """Read the reasons of deliveries and of rows, and the findings of the checks that did not pass."""
    paths = {receipt.delivery_id: _path(receipt) for receipt in loaded.receipts}
    return [
        *_delivery_alarms(loaded.receipts),
        *_row_alarms(loaded, paths),
        *(alarm for check in loaded.checks if not check.passed for alarm in _check_alarms(check, paths)),
    ]


def _path(receipt: Receipt) -> str:
    return f"inbox/{receipt.file.folder}/{receipt.file.name}"


def _delivery_alarms(receipts: list[Receipt]) -> Iterator[Alarm]:
    for receipt in receipts:
        for reason in receipt.reasons:
            if reason.rule != "delivery__rejected_rows":  # the rows have reasons of their own
                yield Alarm(
                    reason.rule,
                    ((_path(receipt), reason.sheet, _split_addresses(reason.cell)),),
                    reason.message,
                )


def _row_alarms(loaded: Loaded, paths: dict[str, str]) -> Iterator[Alarm]:
    receipts = {receipt.delivery_id: receipt for receipt in loaded.receipts}
    files = rejected_paths(loaded.home, loaded.receipts)
    rows = pl.read_parquet(files).iter_rows(named=True) if files else ()
    for row in rows:
        receipt, path = receipts[row["delivery_id"]], paths[row["delivery_id"]]
        spot = path, row["sheet_name"], _split_addresses(row["cell"] or "")
        compared = (
            path,
            row["sheet_name"],
            _compared_cells(receipt, row["sheet_name"], row["sheet_row"], row["rule"]),
        )
        yield Alarm(row["rule"], (spot,), row["message"], (compared,))


def _compared_cells(receipt: Receipt, sheet: str, row: int, rule_name: str) -> frozenset[str]:
    """Find the cells of a row that a rule compares; the receipt has the columns of its fields."""
    fields = {name for rule in rules(STAGED[receipt.table]) if rule.name == rule_name for name in rule.fields}
    facts = next(facts for facts in receipt.sheets if facts.name == sheet)
    return frozenset(f"{facts.columns[name]}{row}" for name in fields & facts.columns.keys())


def _check_alarms(check: CheckResult, paths: dict[str, str]) -> Iterator[Alarm]:
    if check.kind == "row_rule":
        return  # each row has its reasons, read above
    for finding in check.findings:
        if check.name.startswith("reporting_") and _AFTER_THE_FILES in finding.evidence:
            continue
        yield Alarm(check.name, tuple(_spots_of(finding, paths)), finding.evidence)


def _spots_of(finding: Finding, paths: dict[str, str]) -> Iterator[Spot]:
    if finding.delivery_id:
        yield paths[finding.delivery_id], finding.sheet_name or "", _split_addresses(finding.cells or "")
    if finding.other_delivery_id:
        yield paths[finding.other_delivery_id], "", _split_addresses(finding.other_cells or "")


def _split_addresses(addresses: str) -> frozenset[str]:
    return frozenset(address for address in addresses.split("、") if address)
