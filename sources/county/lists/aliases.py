"""Aliases: other names of places, each validated against the division list that it points into."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from sources.county.lists.county_list import CountyList, ListError, find_wrong_day
from sources.text.squeeze import squeeze

COLUMNS = ("division_code", "alias", "expected_name", "status", "note", "added_by", "added_on")
STATUSES = ("observed", "observed_form", "suggested", "ambiguous")

_Row = dict[str, Any]


class AliasError(ListError):
    """A fault in the file of aliases; the message names line, alias and remedy."""


def read_aliases(folder: Path, divisions: pl.DataFrame) -> pl.DataFrame:
    """Read aliases.csv, typed, if every alias still points to the place that was meant.

    Raises AliasError for a line that is not filled, whose code does not have the expected name, or whose alias has
    become the name of another place beside it.
    """
    listed = CountyList(folder / "aliases.csv", "别名", COLUMNS, AliasError)
    aliases = listed.read()
    by_parent = _group_by_parent(divisions)
    by_code = {row["division_code"]: row for row in divisions.sort("valid_from").iter_rows(named=True)}
    for line, row in enumerate(aliases.iter_rows(named=True), start=2):
        fault = (
            _check_filled(row)
            or _check_place(row, by_code)
            or _check_unique(row, by_code, by_parent, aliases)
        )
        if fault:
            raise listed.fault(line, row["alias"], fault)
    return aliases.with_columns(pl.col("added_on").str.to_date("%Y-%m-%d"))


def _group_by_parent(divisions: pl.DataFrame) -> dict[str, list[_Row]]:
    by_parent: dict[str, list[_Row]] = {}
    for row in divisions.iter_rows(named=True):
        by_parent.setdefault(row["parent_code"], []).append(row)
    return by_parent


def _check_filled(row: _Row) -> str | None:
    if blank := [name for name in COLUMNS if not row[name]]:
        return f"没有填 {'、'.join(blank)}；谁、何时、为何登记都要写明"
    if row["status"] not in STATUSES:
        return f"状态“{row['status']}”不认得；应为 {'、'.join(STATUSES)}"
    return find_wrong_day(row, ("added_on",))


def _check_place(row: _Row, by_code: dict[str, _Row]) -> str | None:
    place = by_code.get(row["division_code"])
    if place is None:
        return f"名录里没有代码 {row['division_code']}；请改为“{row['expected_name']}”现在的代码，或删去此行"
    if place["canonical_name"] != row["expected_name"]:
        return (
            f"{row['division_code']} 在名录里是“{place['canonical_name']}”，不是“{row['expected_name']}”；"
            "请核实所指，改代码或 expected_name，或删去此行"
        )
    return None


def _check_unique(
    row: _Row, by_code: dict[str, _Row], by_parent: dict[str, list[_Row]], aliases: pl.DataFrame
) -> str | None:
    """Describe another place with the same parent, on the list at the same time, that has the alias too."""
    if row["status"] == "ambiguous":
        return None
    place, alias = by_code[row["division_code"]], squeeze(row["alias"])
    siblings = by_parent.get(place["parent_code"], [])
    for other in [*_places_named(alias, siblings), *_places_with_alias(alias, aliases, by_code)]:
        is_sibling = other["parent_code"] == place["parent_code"] and _overlap(place, other)
        if is_sibling and other["division_code"] != place["division_code"]:
            return (
                f"同一乡镇里还有“{other['canonical_name']}”也叫这个名字；请把状态改为 ambiguous，或删去此行"
            )
    return None


def _places_named(alias: str, places: list[_Row]) -> Iterator[_Row]:
    return (place for place in places if alias in (squeeze(place["canonical_name"]), squeeze(place["name"])))


def _places_with_alias(alias: str, aliases: pl.DataFrame, by_code: dict[str, _Row]) -> Iterator[_Row]:
    for row in aliases.iter_rows(named=True):
        if squeeze(row["alias"] or "") == alias and row["division_code"] in by_code:
            yield by_code[row["division_code"]]


def _overlap(place: _Row, other: _Row) -> bool:
    """Whether there is a day on which both are on the list."""
    return (place["valid_to"] is None or other["valid_from"] < place["valid_to"]) and (
        other["valid_to"] is None or place["valid_from"] < other["valid_to"]
    )
