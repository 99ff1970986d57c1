"""Which numbers are held against their history, their peers and bands: read from watched.toml."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field

from schemas.strict import Strict

_FILE = Path(__file__).with_name("watched.toml")


class Settings(Strict):
    """How far a number may be off; see the file."""

    fewest_values: int = Field(ge=3)
    z: float = Field(gt=0)
    history_factor: float = Field(gt=1)
    peers_factor: float = Field(gt=1)
    slip_factor: float = Field(gt=1)
    least_count: int = Field(ge=0)


class WatchedFact(Strict):
    """The watched columns of a fact, each with the factors of a wrong unit; whose history, and which peers."""

    entity: list[str] = []
    peers: list[str] = []
    season_peers: int | None = Field(default=None, ge=3)
    columns: dict[str, list[int]]


class Watched(Strict):
    """What watched.toml says: by fact, and by fact and column the least and the most that a value can be."""

    settings: Settings
    fact: dict[str, WatchedFact]
    band: dict[str, dict[str, tuple[float, float]]]
    unwatched: dict[str, list[str]]


@cache
def watched() -> Watched:
    """The file. Raises pydantic's ValidationError, or TOMLDecodeError."""
    return Watched.model_validate(tomllib.loads(_FILE.read_text("utf-8")))
