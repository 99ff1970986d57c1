"""What is watched for outliers, as declared with fields and facts; settings in watched.toml."""

from functools import cache
from pathlib import Path

from pydantic import Field

from schemas.catalogue import BUILT
from schemas.field import columns
from schemas.files.toml_file import TomlFile
from schemas.strict import Strict

_FILE = Path(__file__).with_name("watched.toml")


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


@cache
def watched() -> Watched:
    """Collect what fields and facts declare; settings stand in watched.toml.

    Raises SettingsRefused.
    """
    facts: dict[str, WatchedFact] = {}
    unwatched: dict[str, list[str]] = {}
    for name, model in sorted(BUILT.items()):
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
    settings = TomlFile(_FILE, "悬殊的限度").make(_SettingsFile).settings
    return Watched(settings=settings, fact=facts, unwatched=unwatched)
