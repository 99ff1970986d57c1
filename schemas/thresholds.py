"""Thresholds of severity: how many broken rows are a warning or an error, read from thresholds.toml."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile

Importance = Literal["high", "normal", "low"]
Severity = Literal["error", "warn"]
IMPORTANCES: tuple[Importance, ...] = ("high", "normal", "low")

THRESHOLDS = Path(__file__).with_name("thresholds.toml")
"""The thresholds where a county has none of its own."""


class Level(Strict):
    """A limit on the rows that break a rule: so many rows, or so many percent of those checked, or both."""

    rows: int | None = Field(default=None, ge=0)
    percent: float | None = Field(default=None, ge=0, lt=100)

    @model_validator(mode="after")
    def _check_that_a_limit_is_set(self) -> "Level":
        if self.rows is None and self.percent is None:
            raise ValueError("限度应写明 rows、percent 或两者")
        return self

    def is_exceeded(self, failed_rows: int, checked_rows: int) -> bool:
        """Return whether either limit is exceeded; of no rows checked, any that failed are 100 percent."""
        share = 100 * failed_rows / checked_rows if checked_rows else 100 * bool(failed_rows)
        return (self.rows is not None and failed_rows > self.rows) or (
            self.percent is not None and share > self.percent
        )


class Threshold(Strict):
    """The levels above which a rule warns and is an error; without a level it never does."""

    warn: Level | None = None
    error: Level | None = None

    def severity(self, failed_rows: int, checked_rows: int) -> Severity | None:
        """Return the worst severity whose level is exceeded; None where the rule has passed."""
        if self.error is not None and self.error.is_exceeded(failed_rows, checked_rows):
            return "error"
        if self.warn is not None and self.warn.is_exceeded(failed_rows, checked_rows):
            return "warn"
        return None


class Thresholds(Strict):
    """The threshold of every importance, and those of single rules by name."""

    importance: dict[Importance, Threshold]
    rule: dict[str, Threshold] = {}

    @model_validator(mode="after")
    def _check_every_importance(self) -> "Thresholds":
        if missing := set(IMPORTANCES) - self.importance.keys():
            raise ValueError(f"缺少重要性 {'、'.join(sorted(missing))} 的限度；应有 {'、'.join(IMPORTANCES)}")
        return self

    def threshold_of(self, rule: str, importance: Importance) -> Threshold:
        """Return a rule's own threshold, or that of its importance."""
        return self.rule.get(rule, self.importance[importance])


def read_thresholds(path: Path = THRESHOLDS) -> Thresholds:
    """Read a file of thresholds. Raises SettingsRefused."""
    return thresholds_file(path).make(Thresholds)


def thresholds_file(path: Path) -> TomlFile:
    """Return a file of thresholds, by which its faults are named."""
    return TomlFile(path, "限度")
