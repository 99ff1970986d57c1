"""The definition of a rule on a built table."""

from dataclasses import dataclass

from schemas.balance import Missing
from schemas.check_result import Kind
from schemas.thresholds import Importance


@dataclass(frozen=True)
class TableCheck:
    """A rule on a built table. sql: a SELECT of the rows that break it.

    among: the condition on the rows of the table that it is about, of which those are a share; empty for all of them.

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
    among: str = ""
    merged_into: str | None = None
    broken: str = ""
