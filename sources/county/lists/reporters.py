"""Reporters: who reports, from which inbox folder, since when and until when; one that moved or was renamed has two rows."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from schemas.field import polars_schema
from schemas.files.faults import suggest
from schemas.tables.reference import RefReporter
from sources.county.lists.county_list import (
    LAST_DAY,
    CountyList,
    ListError,
    find_blank,
    find_wrong_span,
    spans_overlap,
)

KINDS = {
    "township": "各乡镇",
    "subdistrict": "各街道",
    "bureau": "区直部门",
    "bank": "各银行",
    "insurer": "各保险公司",
}
"""Kinds of reporters, and what all of one kind are called."""

_LEVELS = {"township": ("township", "town", "zone"), "subdistrict": ("subdistrict",)}
"""Levels of the division that a reporter of a kind is; those of other kinds lie in any."""


class ReporterError(ListError):
    """A fault in reporters.csv; the message names line and remedy."""


@dataclass(frozen=True)
class Reporter:
    """One who reports, from an inbox folder, while valid (valid_to is exclusive)."""

    code: str
    name: str
    kind: str
    division_code: str
    folder: str
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether it is one who reports on a day."""
        return self.valid_from <= day and not self.is_closed_on(day)

    def is_closed_on(self, day: date) -> bool:
        """Whether it no longer reports on a day."""
        return self.valid_to is not None and self.valid_to <= day


def reporters_of(listed: pl.DataFrame) -> list[Reporter]:
    """Return the reporters of a list."""
    return [Reporter(*row) for row in listed.iter_rows()]


def read_reporters(path: Path, divisions: pl.DataFrame) -> pl.DataFrame:
    """Read reporters.csv, typed and held against the division list. Raises ReporterError."""
    reporters = CountyList(path, "填报单位", list(polars_schema(RefReporter)), ReporterError)
    listed = reporters.read()
    if listed.is_empty():
        raise ReporterError(f"填报单位 {path.name} 里没有填报单位")
    levels: dict[str, set[str]] = {}
    for code, level in divisions.select("division_code", "level").iter_rows():
        levels.setdefault(code, set()).add(level)
    earlier: list[dict[str, str | None]] = []
    for line, row in enumerate(listed.iter_rows(named=True), start=2):
        fault = _check_row(row) or _check_division(row, levels) or _check_unique(row, earlier)
        if fault:
            raise reporters.fault(line, row["name"] or row["reporter_code"], fault)
        earlier.append(row)
    return listed.with_columns(pl.col("valid_from", "valid_to").str.to_date("%Y-%m-%d"))


def _check_row(row: dict[str, str | None]) -> str | None:
    if blank := find_blank(row, [column for column in row if column != "valid_to"]):
        return blank
    code, kind, folder = str(row["reporter_code"]), str(row["kind"]), str(row["folder"])
    if not re.fullmatch(r"\w+", code):
        return f"代码“{code}”应只有字母、数字和下划线"
    if kind not in KINDS:
        return f"没有类别 {kind}{suggest(kind, list(KINDS))}"
    if "/" in folder or "\\" in folder or folder.startswith("."):
        return f"“{folder}”不能作文件夹名；不得有斜杠，不得以点开头"
    return find_wrong_span(row)


def _check_division(row: dict[str, str | None], levels: dict[str, set[str]]) -> str | None:
    code, kind = str(row["division_code"]), str(row["kind"])
    if code not in levels:
        return f"名录里没有区划代码 {code}；代码见 division.csv"
    if kind in _LEVELS and levels[code].isdisjoint(_LEVELS[kind]):
        level = "、".join(sorted(levels[code]))
        return f"{kind} 类的区划应为 {' 或 '.join(_LEVELS[kind])}，{code} 是 {level}"
    return None


def _check_unique(row: dict[str, str | None], earlier: list[dict[str, str | None]]) -> str | None:
    for line, other in enumerate(earlier, start=2):
        if other["reporter_code"] == row["reporter_code"]:
            if other["kind"] != row["kind"]:
                return f"代码 {row['reporter_code']} 在第 {line} 行是 {other['kind']} 类；换了类别请另取代码"
            if (row["valid_from"] or "") < (other["valid_to"] or LAST_DAY):
                return (
                    f"代码 {row['reporter_code']} 已用于第 {line} 行；同一单位换了名称、区划或文件夹的，"
                    f"第 {line} 行先填停用日期，新的一行写在后面，自该日期或以后启用；不是同一单位的，请另取代码"
                )
        if other["folder"] == row["folder"] and spans_overlap(row, other):
            return (
                f"文件夹“{row['folder']}”同时属于第 {line} 行的“{other['name']}”；一个文件夹同时只归一个单位"
            )
    return None
