"""Lists that a steward keeps as CSV: every column as text, empty as null; a fault is named with its line."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from schemas.errors import XiangcangError

LAST_DAY = "9999-12-31"
"""The day until which a line holds that says none."""


class ListError(XiangcangError):
    """A fault in a list; the message names file, line, what is wrong and what is allowed."""


@dataclass(frozen=True)
class CountyList:
    """A list, what it is in Chinese, and its columns, in their order."""

    path: Path
    kind: str
    columns: Sequence[str]
    refused: type[ListError] = ListError

    def read(self) -> pl.DataFrame:
        """Read the lines; line n of the file is row n - 2. Raises `refused` for a file of another shape."""
        header, *rows = self._split() or [[]]
        if header != list(self.columns):
            raise self.refused(f"{self._name} 的列应为：{'、'.join(self.columns)}")
        for line, row in enumerate(rows, start=2):
            if len(row) != len(self.columns):
                fault = f"有 {len(row)} 列，应为 {len(self.columns)} 列；有逗号的文字要加双引号"
                raise self.refused(f"{self._name} 第 {line} 行：{fault if row else '是空行；请删去'}")
            for column, text in zip(self.columns, row, strict=True):
                if text != text.strip() or "\n" in text:
                    raise self.fault(line, text.strip(), f"{column} 前后有空格，或有换行；请去掉")
        texts = [[text or None for text in row] for row in rows]
        return pl.DataFrame(texts, dict.fromkeys(self.columns, pl.String), orient="row")

    def fault(self, line: int, name: str | None, text: str) -> ListError:
        """Make the error of one line. name: what the line is about."""
        return self.refused(f"{self._name} 第 {line} 行“{name or ''}”：{text}")

    def _split(self) -> list[list[str]]:
        try:
            content = self.path.read_bytes()
            text = content.decode("utf-8-sig").rstrip("\r\n")
            return list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except FileNotFoundError as error:
            raise self.refused(f"没有{self.kind} {self.path}") from error
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            remedy = "请另存为“CSV UTF-8（逗号分隔）”"
            raise self.refused(f"{self._name} 第 {line} 行不是 UTF-8；{remedy}") from error
        except csv.Error as error:
            raise self.refused(f"{self._name} 不是 CSV：引号或换行写法不对") from error

    @property
    def _name(self) -> str:
        return f"{self.kind} {self.path.name}"


def find_blank(row: dict[str, str | None], columns: Iterable[str]) -> str | None:
    """Say which of these columns are not filled, or None."""
    blank = [column for column in columns if not row[column]]
    return f"没有填 {'、'.join(blank)}" if blank else None


def find_wrong_day(row: dict[str, str | None], columns: Iterable[str]) -> str | None:
    """Say which of these columns, where filled, is no day, or None."""
    for column in columns:
        text = row[column]
        if text is not None and not _is_day(text):
            return f"{column} 的“{text}”应为日期，如 2021-10-31"
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def find_wrong_span(row: dict[str, str | None]) -> str | None:
    """Say what is wrong with the days from which and until which a line holds, or None."""
    if wrong := find_wrong_day(row, ("valid_from", "valid_to")):
        return wrong
    if row["valid_from"] and row["valid_to"] and row["valid_from"] >= row["valid_to"]:
        return f"valid_from {row['valid_from']} 应早于 valid_to {row['valid_to']}"
    return None


def spans_overlap(row: dict[str, str | None], other: dict[str, str | None]) -> bool:
    """Return whether there is a day on which two lines both hold; days are written yyyy-mm-dd."""
    return (row["valid_from"] or "") < (other["valid_to"] or LAST_DAY) and (other["valid_from"] or "") < (
        row["valid_to"] or LAST_DAY
    )
