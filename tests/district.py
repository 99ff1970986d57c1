"""The sample district's county, as tests read it: its folder, references, and catalogue by part."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.county import (
    BUILT,
    CATALOGUE,
    FACTS,
    INDICATORS,
    INPUTS,
    RECORDED,
    REFERENCES,
    SOURCE,
    STAGED,
)  # fmt: skip
from sample import COUNTY
from schemas.catalogue import read_stock
from schemas.check_result import CheckResult
from sources.county.contract import Contract
from sources.county.contract_check import check_contracts
from sources.county.contract_files import contract_file, read_contracts
from sources.county.county_contracts import STOCK
from sources.county.lists.divisions import read_divisions
from sources.county.lists.reporters import Reporter, read_reporters, reporters_of
from sources.county.places import Places, read_places
from sources.county.references import References
from sources.home.folders import Home

__all__ = [
    "BUILT", "CATALOGUE", "COUNTY", "FACTS", "INDICATORS", "INPUTS", "RECORDED", "REFERENCES", "SOURCE", "STAGED",
    "STOCK", "check_result", "prepare", "read_references_of", "references_of",
]  # fmt: skip


def references_of(
    contracts: Mapping[str, Contract],
    tables: Mapping[str, type[Any]],
    places: Places,
    reporters: list[Reporter],
    folder: Path = COUNTY,
) -> References:
    """References of made-up forms: their contracts, and the tables that they are read into."""
    catalogue = replace(read_stock(), staged=dict(tables))
    return References(REFERENCES.county, dict(contracts), catalogue, places, reporters, folder)


def read_references_of(folder: Path, tables: Mapping[str, type[Any]]) -> References:
    """References of made-up forms from a folder of lists and contracts; they are held against each other."""
    divisions = read_divisions(folder / "divisions")
    reporters = reporters_of(read_reporters(folder / "reporters.csv", divisions))
    contracts = read_contracts(folder / "contracts")
    references = references_of(contracts, tables, read_places(folder, divisions), reporters, folder)
    files = {name: contract_file(folder / "contracts", name) for name in contracts}
    check_contracts(contracts, files, references.columns_by_table, reporters)
    return references


def check_result(**fields: Any) -> CheckResult:
    """A result with the severity that the stock's thresholds give it."""
    threshold = CATALOGUE.thresholds.threshold_of(fields["name"], fields["importance"])
    severity = threshold.severity(fields["failed_rows"], fields["checked_rows"])
    return CheckResult(**{"severity": severity} | fields)


def prepare(home: Home) -> None:
    """Make the folders of a home, and give it the sample's county."""
    home.prepare()
    shutil.copytree(COUNTY, home.county, dirs_exist_ok=True)
