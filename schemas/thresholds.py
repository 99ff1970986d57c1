"""From how many broken rows on a rule warns or is an error: read from thresholds.toml, by importance or rule."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from schemas.strict import Strict

Importance = Literal["high", "normal", "low"]
Severity = Literal["error", "warn"]
IMPORTANCES: tuple[Importance, ...] = ("high", "normal", "low")

_FILE = Path(__file__).with_name("thresholds.toml")


class Level(Strict):
    """Passed where more than so many rows, or more than so many percent of those checked, break a rule."""

    rows: int | None = Field(default=None, ge=0)
    percent: float | None = Field(default=None, ge=0, lt=100)

    @model_validator(mode="after")
    def _says_something(self) -> "Level":
        if self.rows is None and self.percent is None:
            raise ValueError("a level says rows, percent, or both")
        return self

    def is_passed(self, failed_rows: int, checked_rows: int) -> bool:
        """Whether so many of so many reach the level; of no rows checked, any that fail are all."""
        share = 100 * failed_rows / checked_rows if checked_rows else 100 * bool(failed_rows)
        return (self.rows is not None and failed_rows > self.rows) or (
            self.percent is not None and share > self.percent
        )


class Threshold(Strict):
    """Where a rule begins to warn, and where it is an error; without a level it never is."""

    warn: Level | None = None
    error: Level | None = None

    def severity(self, failed_rows: int, checked_rows: int) -> Severity | None:
        """The level that is reached; None where the rule has passed."""
        if self.error is not None and self.error.is_passed(failed_rows, checked_rows):
            return "error"
        if self.warn is not None and self.warn.is_passed(failed_rows, checked_rows):
            return "warn"
        return None


class Thresholds(Strict):
    """Every importance has its threshold; a rule may have its own, by its name."""

    importance: dict[Importance, Threshold]
    rule: dict[str, Threshold] = {}

    @model_validator(mode="after")
    def _every_importance(self) -> "Thresholds":
        if missing := set(IMPORTANCES) - self.importance.keys():
            raise ValueError(f"no threshold for importance {', '.join(sorted(missing))}")
        return self

    def of(self, rule: str, importance: Importance) -> Threshold:
        """What holds for a rule."""
        return self.rule.get(rule, self.importance[importance])


@cache
def thresholds() -> Thresholds:
    """What thresholds.toml says. Raises pydantic's ValidationError, or TOMLDecodeError."""
    return Thresholds.model_validate(tomllib.loads(_FILE.read_text("utf-8")))
