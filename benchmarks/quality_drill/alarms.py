"""Alarms: everything that a load says is wrong, with the rule and the place."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from benchmarks.quality_drill.district import Loaded
from schemas.check_result import CheckResult, Finding
from sources.frames import rejected_paths
from sources.receipts import Receipt

Spot = tuple[str, str, frozenset[str]]
"""The path of a file in the inbox, a sheet (or the empty text for any), and the addresses of cells."""


@dataclass(frozen=True)
class Alarm:
    """A rule that something breaks. spots: where; text: what the rule saw, for those that name no cell."""

    rule: str
    spots: tuple[Spot, ...]
    text: str


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
    files = rejected_paths(loaded.home, loaded.receipts)
    rows = pl.read_parquet(files).iter_rows(named=True) if files else ()
    for row in rows:
        spot = paths[row["delivery_id"]], row["sheet_name"], _cells(row["cell"] or "")
        yield Alarm(row["rule"], (spot,), row["message"])


def _of_check(check: CheckResult, paths: dict[str, str]) -> Iterator[Alarm]:
    if check.kind == "row_rule":
        return  # told row by row
    for finding in check.findings:
        yield Alarm(check.name, tuple(_spots(finding, paths)), finding.evidence)


def _spots(finding: Finding, paths: dict[str, str]) -> Iterator[Spot]:
    if finding.delivery_id:
        yield paths[finding.delivery_id], finding.sheet_name or "", _cells(finding.cells or "")
    if finding.other_delivery_id:
        yield paths[finding.other_delivery_id], "", _cells(finding.other_cells or "")


def _cells(addresses: str) -> frozenset[str]:
    return frozenset(address for address in addresses.split("、") if address)
