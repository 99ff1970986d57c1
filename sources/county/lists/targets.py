"""Targets of a county: what an indicator should come to in a year, and which way of it is the better one.

A line without a target only says which way is better. A county's folder may have no such file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast

import polars as pl

from schemas.catalogue import Catalogue
from schemas.files.faults import suggest
from schemas.indicator import Better
from sources.county.lists.county_list import CountyList, ListError, find_blank

TARGETS = "targets.csv"

_BETTER = ("more", "less")
_COLUMNS = ("indicator_code", "year", "division_code", "target", "better", "source")


class TargetError(ListError):
    """A fault in the file of targets; the message names the line and what is allowed."""


@dataclass(frozen=True)
class Target:
    """A target of one division and year. amount: in the indicator's unit. source: where it was set."""

    indicator_code: str
    year: int
    division_code: str
    amount: Decimal
    source: str


@dataclass(frozen=True)
class CountyTargets:
    """The targets of a county. better: by indicator, whether more or less of it is good, as the county or the stock says."""

    targets: tuple[Target, ...] = ()
    better: Mapping[str, Better] = field(default_factory=dict)


def read_targets(path: Path, catalogue: Catalogue, divisions: pl.DataFrame) -> CountyTargets:
    """Read the targets; none where there is no such file.

    divisions: the county's list. Raises TargetError for a line of no indicator or place, or that contradicts another.
    """
    of_stock = {code: i.better for code, i in catalogue.indicators.items() if i.better is not None}
    if not path.exists():
        return CountyTargets((), of_stock)
    listed = CountyList(path, "目标", _COLUMNS, TargetError)
    levels = dict(divisions.select("division_code", "level").iter_rows())
    targets: dict[tuple[str, str, str], Target] = {}
    better: dict[str, Better] = {}
    for line, row in enumerate(listed.read().iter_rows(named=True), start=2):
        code, way = row["indicator_code"] or "", row["better"] or ""
        key = code, row["year"] or "", row["division_code"] or ""
        fault = _fault(row, catalogue, levels)
        if not fault and better.setdefault(code, cast(Better, way)) != way:
            fault = f"better 写的是 {way}，前面同一指标写的是 {better[code]}"
        if not fault and key in targets:
            fault = "写了两次"
        if fault:
            raise listed.fault(line, code, fault)
        if row["target"]:
            targets[key] = Target(code, int(key[1]), key[2], Decimal(row["target"]), row["source"] or "")
    return CountyTargets(tuple(targets.values()), of_stock | better)


def _fault(row: dict[str, str | None], catalogue: Catalogue, levels: dict[str, str]) -> str | None:
    """Say what is wrong with a line alone, or None."""
    if blank := find_blank(row, ["indicator_code", "better"]):
        return blank
    code, division = str(row["indicator_code"]), row["division_code"]
    if code not in catalogue.indicators:
        near = suggest(code, list(catalogue.indicators)).partition("；")[0]
        return f"没有这个指标{near}；代码见数据字典和 dim_indicator"
    if row["better"] not in _BETTER:
        return "better 应为 more（多了好）或 less（少了好）"
    if not row["target"]:
        return "有年份、区划而没有 target；只说哪个方向好的，两样都空着" if row["year"] or division else None
    if blank := find_blank(row, ["year", "division_code"]):
        return blank
    if not (str(row["year"]).isdigit() and len(str(row["year"])) == 4):
        return f"year 的“{row['year']}”应为年份，如 2022"
    if levels.get(str(division)) in (None, "village", "community"):
        return f"division_code 的“{division}”应为区县、乡镇或街道的区划代码；代码见 division.csv"
    return None if _is_amount(str(row["target"])) else f"target 的“{row['target']}”应为不小于 0 的数"


def _is_amount(text: str) -> bool:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0
