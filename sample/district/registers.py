"""Reporters, villages and communities of the district, read from the real registers of `sample/county`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COUNTY = Path(__file__).parents[1] / "county"
"""The folder of the district as a county: what is written into the home of a sample."""
BASIS_DATE = "2022-12-31"


@dataclass(frozen=True)
class DistrictReporter:
    """One reporter: a line of reporters.csv."""

    code: str
    name: str
    kind: str
    division_code: str
    folder: str


@dataclass(frozen=True)
class Village:
    """An administrative village, on the code list from valid_from until valid_to, empty if it still is."""

    code: str
    official_name: str
    name: str
    township: str
    valid_from: str
    valid_to: str

    @property
    def has_left(self) -> bool:
        """Whether it has left the code list since."""
        return self.valid_to != ""


@dataclass(frozen=True)
class Community:
    """A residential community on the 2021-22 basis."""

    code: str
    name: str


@cache
def reporters() -> dict[str, DistrictReporter]:
    """Read the reporters, by code."""
    return {
        line["reporter_code"]: DistrictReporter(
            line["reporter_code"], line["name"], line["kind"], line["division_code"], line["folder"]
        )
        for line in _read_csv(COUNTY / "reporters.csv")
    }


@cache
def townships() -> tuple[DistrictReporter, ...]:
    """Return the six reporters that are townships."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "township")


@cache
def subdistricts() -> tuple[DistrictReporter, ...]:
    """Return the twenty-one reporters that are subdistricts."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "subdistrict")


@cache
def villages(township_code: str) -> tuple[Village, ...]:
    """Return the villages of a township on the 2021-22 basis, in the order of the code list."""
    return _read_villages(township_code, BASIS_DATE)


@cache
def villages_on(day: str) -> tuple[Village, ...]:
    """Return every village of the district that the code list has on a day (ISO date)."""
    return tuple(
        village for township in townships() for village in _read_villages(township.division_code, day)
    )


def all_villages() -> tuple[Village, ...]:
    """Return every village of the district on the 2021-22 basis."""
    return villages_on(BASIS_DATE)


def _read_villages(township_code: str, day: str) -> tuple[Village, ...]:
    township = next(t for t in townships() if t.division_code == township_code)
    return tuple(
        Village(
            line["division_code"], line["name"], line["canonical_name"], township.name,
            line["valid_from"], line["valid_to"],
        )
        for line in _read_csv(COUNTY / "divisions" / "division.csv")
        if line["level"] == "village"
        and line["parent_code"] == township_code
        and line["valid_from"] <= day < (line["valid_to"] or "9999")
    )  # fmt: skip


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@cache
def communities(parent_code: str) -> tuple[Community, ...]:
    """Return the communities of a township or subdistrict on the 2021-22 basis, in the code list's order."""
    return tuple(
        Community(line["division_code"], line["canonical_name"])
        for line in _read_csv(COUNTY / "divisions" / "division.csv")
        if line["level"] == "community"
        and line["parent_code"] == parent_code
        and line["valid_from"] <= BASIS_DATE <= (line["valid_to"] or "9999")
    )
