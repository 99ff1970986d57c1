"""Corrections: cells that are read otherwise than the file says, with who, when and why; a home's data.

A correction holds for one table, reporter and period, and only while the cell holds what is expected.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from schemas.errors import XiangcangError
from schemas.field import Column
from schemas.strict import Strict

_PERSONAL_NUMBER = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}")


class CorrectionError(XiangcangError):
    """A fault in a file of corrections; the message names file, correction and key."""


def _impersonal(text: str) -> str:
    if _PERSONAL_NUMBER.search(text):
        raise ValueError("不得写身份证号或电话")
    return text


_Remark = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_impersonal)]


class _Entry(Strict):
    """The keys of one `[[correction]]`."""

    id: _Remark
    table: str
    reporter: str
    period: str = Field(pattern=r"^\d{4}(-Q[1-4]|-\d\d|-\d\d-\d\d)?$")
    sheet: str
    cell: str = Field(pattern=r"^[A-Z]{1,3}[1-9]\d*$")
    field: str
    expect: str
    value: str
    who: _Remark
    when: date
    why: _Remark
    status: Literal["in_force", "withdrawn"]


class _File(Strict):
    correction: list[_Entry] = []


class Correction(_Entry):
    """One cell, read as `value` where it holds `expect`; an empty text is an empty cell.

    sheet: empty in a text file, whose cells are the letters of the column and the number of the line.
    """

    file: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The deliveries that it concerns: table, reporter, period."""
        return self.table, self.reporter, self.period

    @property
    def effect(self) -> str:
        """The part of it that decides how a delivery is read, as one line for the rules' hash."""
        return "\t".join((self.id, self.sheet, self.cell, self.field, self.expect, self.value))


def read_corrections(
    folder: Path, tables: Mapping[str, list[Column]], reporters: Collection[str]
) -> tuple[Correction, ...]:
    """Read every correction of a folder's TOML files, in their order.

    tables: the columns that a file fills, by table. reporters: their codes. Raises CorrectionError.
    """
    corrections = [correction for path in sorted(folder.glob("*.toml")) for correction in _read_file(path)]
    for correction in corrections:
        if fault := _find_fault(correction, tables, reporters):
            raise CorrectionError(f"更正 {correction.file} 的 {correction.id} 有误：{fault}")
    _refuse_repeated(corrections)
    return tuple(corrections)


def _read_file(path: Path) -> list[Correction]:
    try:
        entries = _File(**tomllib.loads(path.read_text("utf-8"))).correction
    except ValidationError as error:
        faults = "；".join(_describe(details) for details in error.errors())
        raise CorrectionError(f"更正 {path.name} 有误：{faults}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorrectionError(f"更正 {path.name} 不是 UTF-8 的 TOML 文件：{error}") from error
    return [Correction(file=path.name, **entry.model_dump()) for entry in entries]


_FAULTS = {
    "extra_forbidden": "没有这一项，请删去",
    "missing": "缺少这一项",
    "string_type": "应写成带引号的文本",
    "string_too_short": "不能为空",
    "literal_error": "应为 in_force 或 withdrawn",
    "date_from_datetime_parsing": "应为日期，如 2023-01-05",
    "date_type": "应为日期，如 2023-01-05",
    "list_type": "应写作 [[correction]]",
}
"""By pydantic's type of error."""

_PATTERNS = {"period": "应形如 2022、2022-Q3、2022-06 或 2022-06-30", "cell": "应形如 D7"}
"""By key, where a text does not match the key's pattern."""


def _describe(details: ErrorDetails) -> str:
    """Name the entry by its number, the key, and what is wrong with it."""
    location = [f"第 {part + 1} 条" if isinstance(part, int) else part for part in details["loc"]]
    if details["type"] == "value_error":
        fault = str(details["ctx"]["error"])
    else:
        fault = _FAULTS.get(details["type"]) or _PATTERNS.get(location[-1], details["msg"])
    return f"{' '.join(location)} {fault}"


def _find_fault(
    correction: Correction, tables: Mapping[str, list[Column]], reporters: Collection[str]
) -> str | None:
    """Describe what is wrong with a correction by itself; None if nothing is."""
    if correction.table not in tables:
        return f"table 没有表 {correction.table}；有：{'、'.join(sorted(tables))}"
    if correction.reporter not in reporters:
        return f"reporter 没有填报单位 {correction.reporter}；代码见 reporters.csv"
    fields = {column.name: column for column in tables[correction.table]}
    if correction.field not in fields:
        return f"field 表 {correction.table} 没有字段 {correction.field}；有：{'、'.join(fields)}"
    if fields[correction.field].pii:
        return f"field {correction.field} 是个人信息，不得写在更正里；请填报单位改正后重新报送"
    if correction.expect.strip() == correction.value.strip():
        return "value 与 expect 相同，无可更正"
    return None


def _refuse_repeated(corrections: list[Correction]) -> None:
    """Raise CorrectionError where two corrections share an id, or two in force a cell."""
    by_id: dict[str, Correction] = {}
    by_cell: dict[tuple[str, ...], Correction] = {}
    for new in corrections:
        if (old := by_id.setdefault(new.id, new)) is not new:
            raise CorrectionError(f"更正 {new.file} 的编号 {new.id} 已用于 {old.file}；请另取编号")
        cell = (*new.key, new.sheet, new.cell)
        if new.status == "in_force" and (old := by_cell.setdefault(cell, new)) is not new:
            raise CorrectionError(
                f"更正 {new.file} 的 {new.id} 与 {old.file} 的 {old.id} 更正同一单元格；请撤回其中一条"
            )
