"""A TOML file that a steward writes: read into models, or refused with file, line, key and what is allowed."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from schemas.errors import XiangcangError
from schemas.files.allowed import Loc
from schemas.files.faults import describe_fault, describe_unreadable
from schemas.files.lines import line_of

M = TypeVar("M", bound=BaseModel)


class SettingsRefused(XiangcangError):
    """A file of settings cannot be used; the message says where, why and what is allowed."""


@dataclass(frozen=True)
class TomlFile:
    """A file, what it is in Chinese, and the error that its faults are raised as."""

    path: Path
    kind: str
    refused: type[XiangcangError] = SettingsRefused

    @cached_property
    def text(self) -> str:
        """What stands in it. Raises `refused` where it is missing or not UTF-8."""
        try:
            content = self.path.read_bytes()
            return content.decode("utf-8-sig")  # Windows' editor begins a file with a mark
        except FileNotFoundError as error:
            raise self.refused(f"没有{self.kind} {self.path}") from error
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self.refused(f"{self._name} 第 {line} 行不是 UTF-8；请另存为 UTF-8 编码") from error

    @cached_property
    def terms(self) -> dict[str, Any]:
        """Its content. Raises `refused` where it is no TOML; its text may be secret and is not quoted."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line, fault = describe_unreadable(str(error))
            place = f"第 {line} 行" if line else "文件末尾"
            raise self.refused(f"{self._name} {place}：不是 TOML，{fault}") from None

    def make(self, model: type[M], terms: Mapping[str, Any] | None = None, inside: Loc = ()) -> M:
        """Make a model of its content, or of these terms that stand inside a table of it. Raises `refused`."""
        try:
            return model.model_validate(self.terms if terms is None else terms)
        except ValidationError as error:
            faults = [
                ((*inside, *details["loc"]), describe_fault(details, model)) for details in error.errors()
            ]
            raise self.refusal(faults) from None

    def refusal(self, faults: Iterable[tuple[Loc, str]]) -> XiangcangError:
        """Make the error of some faults, each with its line and key."""
        return self.refused(f"{self._name} 有误：" + "；".join(self._place(*fault) for fault in faults))

    def _place(self, loc: Loc, fault: str) -> str:
        line = line_of(self.text, loc)
        place = [f"第 {line} 行"] if line else []
        return "：".join(filter(None, (" ".join([*place, *_name(loc)]), fault)))

    @property
    def _name(self) -> str:
        return f"{self.kind} {self.path.name}"


def _name(loc: Loc) -> list[str]:
    """Name a place as it is written: keys joined by dots, entries of a list by their number."""
    words: list[str] = []
    for part in (part for part in loc if part != "[key]"):
        if isinstance(part, int):
            words.append(f"第 {part + 1} 条")
        elif words and not words[-1].endswith("条"):
            words[-1] += f".{part}"
        else:
            words.append(part)
    return words
