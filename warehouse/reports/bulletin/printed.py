"""Figures of printed bulletins, each with the rule by which it was printed: one TOML a county and year."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.files.toml_file import TomlFile
from warehouse.reports.rendering import Rendering

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
    chapter: str
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
    """The printed bulletin of a county and year. county_code: the first six digits of the county's division code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    county_code: str = Field(pattern=r"^\d{6}$", examples=["110101"])
    year: int
    figures: tuple[PrintedFigure, ...]

    @model_validator(mode="after")
    def _check_figures_unique(self) -> Self:
        ids = [figure.fig_id for figure in self.figures]
        if twice := {fig_id for fig_id in ids if ids.count(fig_id) > 1}:
            raise ValueError(f"{'、'.join(sorted(twice))} 写了两次")
        return self


def read_printed(folder: Path, county_code: str, year: int) -> PrintedBulletin | None:
    """Read the bulletin that a county printed of a year; None where its folder has none. Raises SettingsRefused."""
    bulletins = (TomlFile(path, "印出的公报").make(PrintedBulletin) for path in sorted(folder.glob("*.toml")))
    return next((b for b in bulletins if (b.county_code, b.year) == (county_code, year)), None)
