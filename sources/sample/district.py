"""Who reports, and the villages they report on: the real registers, read as they are."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SOURCES = Path(__file__).parents[1]
BASIS_DATE = "2022-12-31"


@dataclass(frozen=True)
class Reporter:
    """A line of reporters.csv."""

    code: str
    name: str
    kind: str
    division_code: str
    folder: str


@dataclass(frozen=True)
class Village:
    """An administrative village, or a community, on the 2021-22 basis; township: or its subdistrict."""

    code: str
    official_name: str
    name: str
    township: str
    valid_from: str


@cache
def reporters() -> dict[str, Reporter]:
    """Reporters by code."""
    return {
        line["reporter_code"]: Reporter(
            line["reporter_code"], line["name"], line["kind"], line["division_code"], line["folder"]
        )
        for line in _lines(_SOURCES / "reporters.csv")
    }


@cache
def townships() -> tuple[Reporter, ...]:
    """The six that report as townships."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "township")


@cache
def subdistricts() -> tuple[Reporter, ...]:
    """Those that report as subdistricts."""
    return tuple(reporter for reporter in reporters().values() if reporter.kind == "subdistrict")


@cache
def villages(township_code: str) -> tuple[Village, ...]:
    """The villages of a township on the 2021-22 basis, in the order of the code list."""
    return _places("village", township_code)


@cache
def communities(parent_code: str) -> tuple[Village, ...]:
    """The communities of a township or subdistrict on the 2021-22 basis, in the order of the code list."""
    return _places("community", parent_code)


@cache
def all_villages() -> tuple[Village, ...]:
    """Every village of the district on the 2021-22 basis."""
    return tuple(village for township in townships() for village in villages(township.division_code))


def _places(level: str, parent_code: str) -> tuple[Village, ...]:
    parent = next(r for r in (*townships(), *subdistricts()) if r.division_code == parent_code)
    return tuple(
        Village(line["division_code"], line["name"], line["canonical_name"], parent.name, line["valid_from"])
        for line in _lines(_SOURCES / "divisions" / "division.csv")
        if line["level"] == level
        and line["parent_code"] == parent_code
        and line["valid_from"] <= BASIS_DATE <= (line["valid_to"] or "9999")
    )


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
