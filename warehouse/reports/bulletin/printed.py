"""Figures of a printed bulletin, each with the rule by which it was printed: `printed/<year>.toml`."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.files.toml_file import TomlFile
from warehouse.reports.rendering import Rendering

Chapter = Literal["党建与治理", "特优农业", "乡村建设", "增收与金融"]
_PRINTED = Path(__file__).with_name("printed")
Kind = Literal["figure", "not_printed", "definition", "disputed"]


class PrintedFigure(BaseModel):
    """A figure of a printed bulletin.

    name: what it counts, in few words. indicator: its code. form: the title of the form it comes from.
    printed: the figure as it stands there, without its sentence. implied: the text says it without a number.
    basis: the basis that it is counted on, where not the indicator's own. correction, why: what a disputed
    figure was probably meant to be, and the reason.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fig_id: str = Field(pattern=r"^F\d{2}$", examples=["F01"])
    name: str = Field(min_length=1)
    chapter: Chapter
    indicator: str = Field(pattern=r"^[a-z][a-z0-9_]*$", examples=["village_count"])
    form: str = Field(min_length=1)
    printed: str | None = None
    rule: Rendering
    kind: Kind = "figure"
    implied: bool = False
    basis: str | None = None
    correction: str | None = None
    why: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _check_fields_of_kind(self) -> Self:
        if (self.printed is None) != (self.kind == "not_printed"):
            raise ValueError(f"{self.fig_id} 应有 printed；只有 kind 为 not_printed 的没有")
        if (self.correction is not None, self.why is not None) != ((self.kind == "disputed"),) * 2:
            raise ValueError(f"{self.fig_id} 的 correction 和 why 只用于 kind 为 disputed 的，且都要写")
        return self


class PrintedBulletin(BaseModel):
    """The printed bulletin of a year."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int
    figures: tuple[PrintedFigure, ...]

    @model_validator(mode="after")
    def _check_figures_unique(self) -> Self:
        ids = [figure.fig_id for figure in self.figures]
        if twice := {fig_id for fig_id in ids if ids.count(fig_id) > 1}:
            raise ValueError(f"{'、'.join(sorted(twice))} 写了两次")
        return self


def read_printed(year: int) -> PrintedBulletin | None:
    """Read the printed bulletin of a year; None where there is none. Raises SettingsRefused."""
    path = _PRINTED / f"{year}.toml"
    return TomlFile(path, "印出的公报").make(PrintedBulletin) if path.is_file() else None
