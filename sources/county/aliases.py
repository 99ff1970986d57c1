"""Aliases: other names of places, each held against the division list that it points into."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from schemas.errors import XiangcangError
from sources.text.squeeze import squeeze

COLUMNS = ("division_code", "alias", "expected_name", "status", "note", "added_by", "added_on")
STATUSES = ("observed", "observed_form", "suggested", "ambiguous")

_Row = dict[str, Any]


class AliasError(XiangcangError):
    """The file of aliases says something that does not hold; the message names line, alias and remedy."""


def guarded(aliases: pl.DataFrame, divisions: pl.DataFrame, path: Path) -> pl.DataFrame:
    """The aliases, typed, if every one still points to the place that was meant.

    aliases: as they stand in the file; path: of the file. Raises AliasError for a line that is not filled, whose code
    does not have the expected name, or whose alias has become the name of another place beside it.
    """
    if tuple(aliases.columns) != COLUMNS:
        raise AliasError(f"别名 {path.name} 的列应为：{'、'.join(COLUMNS)}")
    beside = _by_parent(divisions)
    named = {row["division_code"]: row for row in divisions.sort("valid_from").iter_rows(named=True)}
    for line, row in enumerate(aliases.iter_rows(named=True), start=2):
        wrong = _unfilled(row) or _other_place(row, named) or _shared(row, named, beside, aliases)
        if wrong:
            raise AliasError(f"别名 {path.name} 第 {line} 行“{row['alias'] or ''}”：{wrong}")
    return aliases.with_columns(pl.col("added_on").str.to_date("%Y-%m-%d"))


def _by_parent(divisions: pl.DataFrame) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in divisions.iter_rows(named=True):
        found.setdefault(row["parent_code"], []).append(row)
    return found


def _unfilled(row: _Row) -> str | None:
    if blank := [name for name in COLUMNS if not row[name]]:
        return f"没有填 {'、'.join(blank)}；谁、何时、为何登记都要写明"
    if row["status"] not in STATUSES:
        return f"状态“{row['status']}”不认得；应为 {'、'.join(STATUSES)}"
    return None


def _other_place(row: _Row, named: dict[str, _Row]) -> str | None:
    place = named.get(row["division_code"])
    if place is None:
        return f"名录里没有代码 {row['division_code']}；请改为“{row['expected_name']}”现在的代码，或删去此行"
    if place["canonical_name"] != row["expected_name"]:
        return (
            f"{row['division_code']} 在名录里是“{place['canonical_name']}”，不是“{row['expected_name']}”；"
            "请核实所指，改代码或 expected_name，或删去此行"
        )
    return None


def _shared(
    row: _Row, named: dict[str, _Row], beside: dict[str, list[_Row]], aliases: pl.DataFrame
) -> str | None:
    if row["status"] == "ambiguous":
        return None
    place, said = named[row["division_code"]], squeeze(row["alias"])
    others = [*_called(said, beside.get(place["parent_code"], [])), *_aliased(said, aliases, named)]
    for other in others:
        is_beside = other["parent_code"] == place["parent_code"] and _overlap(place, other)
        if is_beside and other["division_code"] != place["division_code"]:
            return (
                f"同一乡镇里还有“{other['canonical_name']}”也叫这个名字；请把状态改为 ambiguous，或删去此行"
            )
    return None


def _called(said: str, places: list[_Row]) -> Iterator[_Row]:
    return (place for place in places if said in (squeeze(place["canonical_name"]), squeeze(place["name"])))


def _aliased(said: str, aliases: pl.DataFrame, named: dict[str, _Row]) -> Iterator[_Row]:
    for other in aliases.iter_rows(named=True):
        if squeeze(other["alias"] or "") == said and other["division_code"] in named:
            yield named[other["division_code"]]


def _overlap(one: _Row, other: _Row) -> bool:
    """Whether there is a day on which both are on the list."""
    return (one["valid_to"] is None or other["valid_from"] < one["valid_to"]) and (
        other["valid_to"] is None or one["valid_from"] < other["valid_to"]
    )
