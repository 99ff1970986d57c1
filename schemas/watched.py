"""What is watched for outliers, as declared with fields and facts; settings in watched.toml."""

from collections.abc import Mapping
from pathlib import Path

import pandera.polars as pa
from pydantic import Field

from schemas.field import columns
from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile

WATCHED = Path(__file__).with_name("watched.toml")
"""The settings where a county has none of its own."""


class Settings(Strict):
    """How far a number may be off, and from how many values on it is compared; watched.toml explains each."""

    fewest_values: int = Field(ge=3)
    z: float = Field(gt=0)
    history_factor: float = Field(gt=1)
    peers_factor: float = Field(gt=1)
    slip_factor: float = Field(gt=1)
    least_count: int = Field(ge=0)


class _SettingsFile(Strict):
    settings: Settings


class WatchedFact(Strict):
    """Watched columns of a fact, each with the factors of a wrong unit.

    entity: key of the time series that a row belongs to; peers: columns that comparable rows share.
    """

    entity: list[str] = []
    peers: list[str] = []
    season_peers: int | None = Field(default=None, ge=3)
    columns: dict[str, list[int]]


class Watched(Strict):
    """What is watched: by fact its columns.

    unwatched: by reason, the numeric columns that are not watched.
    """

    settings: Settings
    fact: dict[str, WatchedFact]
    unwatched: dict[str, list[str]]


def read_watch_settings(path: Path = WATCHED) -> Settings:
    """Read how far a number may be off. Raises SettingsRefused."""
    return TomlFile(path, "悬殊的限度").make(_SettingsFile).settings


def collect_watched(built: Mapping[str, type[pa.DataFrameModel]], settings: Settings) -> Watched:
    """Collect what the fields and facts of built tables declare."""
    facts: dict[str, WatchedFact] = {}
    unwatched: dict[str, list[str]] = {}
    for name, model in sorted(built.items()):
        factors = {column.name: list(column.watch) for column in columns(model) if column.watch}
        if factors:
            terms = dict((model.__config__ and model.__config__.metadata) or {})
            facts[name] = WatchedFact(
                entity=list(terms.get("series", ())),
                peers=list(terms.get("peers", ())),
                season_peers=terms.get("season_peers"),
                columns=factors,
            )
        for column in columns(model):
            if column.unwatched:
                unwatched.setdefault(column.unwatched, []).append(f"{name}.{column.name}")
    return Watched(settings=settings, fact=facts, unwatched=unwatched)
