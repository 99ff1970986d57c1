"""The definition of a rule on a built table."""

from dataclasses import dataclass
from typing import Literal

from schemas.balance import Missing
from schemas.check_result import Kind
from schemas.thresholds import Importance

Doubts = Literal["none", "fields", "both", "row", "delivery"]
"""What a row that breaks a rule puts in doubt: nothing; its `fields`; those and the other row's; the whole row; all rows
of its delivery."""


@dataclass(frozen=True)
class TableCheck:
    """A rule on a built table. sql: a SELECT of the rows that break it.

    doubts: what is no longer sure where a row breaks it; a figure that uses it is questioned. among: the condition on
    the rows of the table that it is about, of which those are a share; empty for all of them.

    merged_into: the check of `MERGED` that the UI shows it in, which needs `broken`: the condition that a row `f` of
    the table breaks it.
    """

    name: str
    table: str
    kind: Kind
    title: str
    importance: Importance
    blocking: bool
    sql: str
    missing: Missing = "never_skip"
    doubts: Doubts = "none"
    among: str = ""
    merged_into: str | None = None
    broken: str = ""

    @property
    def select(self) -> str:
        """The SELECT without its comments."""
        return "\n".join(line for line in self.sql.splitlines() if not line.lstrip().startswith("--"))
