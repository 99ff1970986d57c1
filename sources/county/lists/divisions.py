"""The division list and what became of codes that left it, each line held against the list itself."""

import re
from collections import defaultdict
from pathlib import Path

import polars as pl

from sources.county.lists.county_list import (
    CountyList,
    ListError,
    find_blank,
    find_wrong_day,
    find_wrong_span,
    spans_overlap,
)

COLUMNS = (
    "division_code", "name", "canonical_name", "level", "parent_code", "urban_rural_code", "valid_from", "valid_to",
    "code_known", "note",
)  # fmt: skip
LEVELS = {
    "province": 0, "prefecture": 1, "county": 2, "subdistrict": 3, "town": 3, "township": 3, "zone": 3,
    "community": 4, "village": 4,
}  # fmt: skip
"""Levels of the list, and how deep each lies."""

DIVISION_LIST = "divisions/division.csv"
"""In a county's folder."""

CROSSWALK_COLUMNS = ("from_code", "to_code", "relation", "evidence", "effective_date")
_CODE = re.compile(r"\d{12}")

_Row = dict[str, str | None]


class DivisionError(ListError):
    """A fault in the division list or the crosswalk; the message names line and remedy."""


def read_divisions(folder: Path) -> pl.DataFrame:
    """Read division.csv, typed. Raises DivisionError for a line that is not filled or does not fit the others."""
    divisions = CountyList(folder / "division.csv", "区划名录", COLUMNS, DivisionError)
    listed = divisions.read()
    rows = list(listed.iter_rows(named=True))
    by_code: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_code[row["division_code"] or ""].append(row)
    counties = [
        code for code, places in by_code.items() if any(place["level"] == "county" for place in places)
    ]
    roots = [row["division_code"] for row in rows if not row["parent_code"]]
    for line, row in enumerate(rows, start=2):
        fault = (
            _check_row(row)
            or _check_county(row, counties, roots)
            or _check_parent(row, by_code)
            or _check_unique(row, by_code)
        )
        if fault:
            raise divisions.fault(line, row["name"] or row["division_code"], fault)
    return listed.with_columns(
        pl.col("valid_from", "valid_to").str.to_date("%Y-%m-%d"), pl.col("code_known") == "true"
    )


def _check_row(row: _Row) -> str | None:
    if blank := find_blank(
        row, ("division_code", "name", "canonical_name", "level", "valid_from", "code_known")
    ):
        return blank
    if row["level"] not in LEVELS:
        return f"没有级别 {row['level']}；应为 {'、'.join(LEVELS)}"
    if row["code_known"] not in ("true", "false"):
        return f"code_known 的“{row['code_known']}”应为 true 或 false"
    code = row["division_code"] or ""
    if not _CODE.fullmatch(code) and (row["code_known"] == "true" or "/" not in code):
        return f"代码 {code} 应为 12 位数字；代码不详的写 上级代码/规范名称，code_known 写 false"
    return find_wrong_span(row)


def _check_county(row: _Row, counties: list[str], roots: list[str | None]) -> str | None:
    """Describe what makes a list of more than one county of it."""
    code, level = row["division_code"] or "", row["level"]
    if level == "county" and code != counties[0]:
        return f"名录里已有区县 {counties[0]}；一个库只有一个区县，请删去另一个区县和它的乡镇、村"
    if not row["parent_code"] and code != roots[0]:
        return f"没有上级代码；只有 {roots[0]} 可以没有"
    if LEVELS[str(level)] > LEVELS["county"] and counties and code[:6] != counties[0][:6]:
        return f"代码 {code} 不在区县 {counties[0]} 内；应以 {counties[0][:6]} 开头"
    return None


def _check_parent(row: _Row, by_code: dict[str, list[_Row]]) -> str | None:
    if not row["parent_code"]:
        return None
    parents = by_code.get(row["parent_code"], [])
    if not parents:
        return f"名录里没有上级代码 {row['parent_code']}"
    depth = LEVELS[str(row["level"])]
    if not any(LEVELS.get(str(parent["level"]), depth) < depth for parent in parents):
        return f"上级 {row['parent_code']} 是 {parents[0]['level']}，不在 {row['level']} 之上"
    if not any(spans_overlap(row, parent) for parent in parents):
        return f"上级 {row['parent_code']} 在它有效的日子里不在名录上"
    return None


def _check_unique(row: _Row, by_code: dict[str, list[_Row]]) -> str | None:
    for other in by_code[row["division_code"] or ""]:
        if other is not row and spans_overlap(row, other):
            return f"代码 {row['division_code']} 写了两次，另一行是“{other['name']}”，有效的日子重叠"
    return None


def read_crosswalk(folder: Path, divisions: pl.DataFrame) -> pl.DataFrame:
    """Read crosswalk.csv, typed and held against the division list. Raises DivisionError."""
    crosswalk = CountyList(folder / "crosswalk.csv", "区划沿革", CROSSWALK_COLUMNS, DivisionError)
    listed, codes = crosswalk.read(), set(divisions["division_code"])
    for line, row in enumerate(listed.iter_rows(named=True), start=2):
        if fault := _check_change(row, codes):
            raise crosswalk.fault(line, row["from_code"], fault)
    return listed.with_columns(pl.col("effective_date").str.to_date("%Y-%m-%d"))


def _check_change(row: _Row, codes: set[str]) -> str | None:
    if blank := find_blank(row, ("from_code", "relation", "effective_date")):
        return blank
    for column in ("from_code", "to_code"):
        if row[column] and row[column] not in codes:
            return f"{column} 名录里没有代码 {row[column]}；代码见 division.csv"
    if (row["relation"] == "unknown_successor") != (row["to_code"] is None):
        return "去向不详的 relation 写 unknown_successor，to_code 留空；知道去向的写 to_code"
    return find_wrong_day(row, ("effective_date",))
