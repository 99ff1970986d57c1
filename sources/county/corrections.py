"""Corrections: cells that are read otherwise than the file says, with who, when and why; a home's data.

A correction holds for one table, reporter and period, and only while the cell holds what is expected.
"""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from schemas.errors import XiangcangError
from schemas.field import Column
from schemas.files.faults import suggest
from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile
from sources.text.personal import has_personal_number


class CorrectionError(XiangcangError):
    """A fault in a file of corrections; the message names file, correction and key."""


def _impersonal(text: str) -> str:
    if has_personal_number(text):
        raise ValueError("不得写身份证号或电话")
    return text


_Remark = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_impersonal)]


_PERIODS = ["2022", "2022-Q3", "2022-06", "2022-06-30"]


class _Entry(Strict):
    """The keys of one `[[correction]]`; an error quotes none, since a value may be a person's by mistake."""

    model_config = ConfigDict(hide_input_in_errors=True)

    id: _Remark
    table: str
    reporter: str
    period: str = Field(pattern=r"^\d{4}(-Q[1-4]|-\d\d|-\d\d-\d\d)?$", examples=_PERIODS)
    sheet: str
    cell: str = Field(pattern=r"^[A-Z]{1,3}[1-9]\d*$", examples=["D7"])
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
    corrections = []
    for path in sorted(folder.glob("*.toml")):
        file = TomlFile(path, "更正", CorrectionError)
        for number, entry in enumerate(file.make(_File).correction):
            if fault := _find_fault(entry, tables, reporters):
                key, text = fault
                raise file.refusal([(("correction", number, key), f"{entry.id}：{text}")])
            corrections.append(Correction(file=path.name, **entry.model_dump()))
    _refuse_repeated(corrections)
    return tuple(corrections)


def _find_fault(
    correction: _Entry, tables: Mapping[str, list[Column]], reporters: Collection[str]
) -> tuple[str, str] | None:
    """Return the key that is at fault and what is wrong with it; None if nothing is."""
    if correction.table not in tables:
        return "table", f"没有表 {correction.table}{suggest(correction.table, sorted(tables))}"
    if correction.reporter not in reporters:
        return (
            "reporter",
            f"没有填报单位 {correction.reporter}{suggest(correction.reporter, sorted(reporters))}",
        )
    fields = {column.name: column for column in tables[correction.table]}
    if correction.field not in fields:
        allowed = suggest(correction.field, list(fields))
        return "field", f"表 {correction.table} 没有字段 {correction.field}{allowed}"
    if fields[correction.field].pii:
        return "field", f"{correction.field} 是个人信息，不得写在更正里；请填报单位改正后重新报送"
    if correction.expect.strip() == correction.value.strip():
        return "value", "与 expect 相同，无可更正"
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
