"""Who reports, and the villages they report on: the real registers, read as they are."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SOURCES = Path(__file__).parents[1] / "sources" / "county"
BASIS_DATE = "2022-12-31"


@dataclass(frozen=True)
class DistrictReporter:
    """A line of reporters.csv."""

    code: str
    name: str
    kind: str
    division_code: str
    folder: str


@dataclass(frozen=True)
class Village:
    """An administrative village, of the list from one date until another; the latter is empty if it still is."""

    code: str
    official_name: str
    name: str
    township: str
    valid_from: str
    valid_to: str

    @property
    def has_left(self) -> bool:
        """Whether it has left the list since."""
        return self.valid_to != ""


@dataclass(frozen=True)
class Community:
    """A residential community on the 2021-22 basis."""

    code: str
    name: str


@cache
def reporters() -> dict[str, DistrictReporter]:
    """Reporters by code."""
    return {
        line["reporter_code"]: DistrictReporter(
            line["reporter_code"], line["name"], line["kind"], line["division_code"], line["folder"]
        )
        for line in _lines(_SOURCES / "reporters.csv")
    }


@cache
def townships() -> tuple[DistrictReporter, ...]:
    """The six that report as townships."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "township")


@cache
def subdistricts() -> tuple[DistrictReporter, ...]:
    """The twenty-one that report as subdistricts."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "subdistrict")


@cache
def villages(township_code: str) -> tuple[Village, ...]:
    """The villages of a township on the 2021-22 basis, in the order of the code list."""
    return _listed(township_code, BASIS_DATE)


@cache
def villages_on(day: str) -> tuple[Village, ...]:
    """Every village of the list on a day."""
    return tuple(village for township in townships() for village in _listed(township.division_code, day))


def all_villages() -> tuple[Village, ...]:
    """Every village of the district on the 2021-22 basis."""
    return villages_on(BASIS_DATE)


def _listed(township_code: str, day: str) -> tuple[Village, ...]:
    township = next(t for t in townships() if t.division_code == township_code)
    return tuple(
        Village(
            line["division_code"], line["name"], line["canonical_name"], township.name,
            line["valid_from"], line["valid_to"],
        )
        for line in _lines(_SOURCES / "divisions" / "division.csv")
        if line["level"] == "village"
        and line["parent_code"] == township_code
        and line["valid_from"] <= day < (line["valid_to"] or "9999")
    )  # fmt: skip


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@cache
def communities(parent_code: str) -> tuple[Community, ...]:
    """The communities of a township or subdistrict on the 2021-22 basis, in the order of the code list."""
    return tuple(
        Community(line["division_code"], line["canonical_name"])
        for line in _lines(_SOURCES / "divisions" / "division.csv")
        if line["level"] == "community"
        and line["parent_code"] == parent_code
        and line["valid_from"] <= BASIS_DATE <= (line["valid_to"] or "9999")
    )
