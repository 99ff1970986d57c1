"""Alarms: everything that a load says is wrong, with the rule and the place."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from benchmarks.quality_drill.district import Loaded
from schemas.catalogue import STAGED
from schemas.check_result import CheckResult, Finding
from schemas.validate import rules
from sources.home.receipts import Receipt
from sources.staging.files import rejected_paths

_AFTER_THE_FILES = "period=2023-"
"""The files end with 2022, but the last of them come when the first of 2023 are already owed."""

Spot = tuple[str, str, frozenset[str]]
"""The path of a file in the inbox, a sheet (or the empty text for any), and the addresses of cells."""


@dataclass(frozen=True)
class Alarm:
    """A rule that something breaks. spots: where; text: what the rule saw, for those that name no cell.

    compared: the cells of all fields that the rule compares, of which it names the first.
    """

    rule: str
    spots: tuple[Spot, ...]
    text: str
    compared: tuple[Spot, ...] = ()


def alarms(loaded: Loaded) -> list[Alarm]:
    """Reasons of deliveries, reasons of rows, and the findings of the checks that did not pass."""
    paths = {receipt.delivery_id: _path(receipt) for receipt in loaded.receipts}
    return [
        *_of_deliveries(loaded.receipts),
        *_of_rows(loaded, paths),
        *(alarm for check in loaded.checks if not check.passed for alarm in _of_check(check, paths)),
    ]


def _path(receipt: Receipt) -> str:
    return f"inbox/{receipt.file.folder}/{receipt.file.name}"


def _of_deliveries(receipts: list[Receipt]) -> Iterator[Alarm]:
    for receipt in receipts:
        for reason in receipt.reasons:
            if reason.rule != "delivery__rejected_rows":  # the rows have reasons of their own
                yield Alarm(
                    reason.rule, ((_path(receipt), reason.sheet, _cells(reason.cell)),), reason.message
                )


def _of_rows(loaded: Loaded, paths: dict[str, str]) -> Iterator[Alarm]:
    receipts = {receipt.delivery_id: receipt for receipt in loaded.receipts}
    files = rejected_paths(loaded.home, loaded.receipts)
    rows = pl.read_parquet(files).iter_rows(named=True) if files else ()
    for row in rows:
        receipt, path = receipts[row["delivery_id"]], paths[row["delivery_id"]]
        spot = path, row["sheet_name"], _cells(row["cell"] or "")
        compared = (
            path,
            row["sheet_name"],
            _compared(receipt, row["sheet_name"], row["sheet_row"], row["rule"]),
        )
        yield Alarm(row["rule"], (spot,), row["message"], (compared,))


def _compared(receipt: Receipt, sheet: str, row: int, rule: str) -> frozenset[str]:
    """The cells of a row that a rule compares, as the receipt says where its fields lie."""
    fields = {name for one in rules(STAGED[receipt.table]) if one.name == rule for name in one.fields}
    facts = next(facts for facts in receipt.sheets if facts.name == sheet)
    return frozenset(f"{facts.columns[name]}{row}" for name in fields & facts.columns.keys())


def _of_check(check: CheckResult, paths: dict[str, str]) -> Iterator[Alarm]:
    if check.kind == "row_rule":
        return  # told row by row
    for finding in check.findings:
        if check.name.startswith("reporting_") and _AFTER_THE_FILES in finding.evidence:
            continue
        yield Alarm(check.name, tuple(_spots(finding, paths)), finding.evidence)


def _spots(finding: Finding, paths: dict[str, str]) -> Iterator[Spot]:
    if finding.delivery_id:
        yield paths[finding.delivery_id], finding.sheet_name or "", _cells(finding.cells or "")
    if finding.other_delivery_id:
        yield paths[finding.other_delivery_id], "", _cells(finding.other_cells or "")


def _cells(addresses: str) -> frozenset[str]:
    return frozenset(address for address in addresses.split("、") if address)
