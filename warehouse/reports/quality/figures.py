"""The district's figures of the last year by status, and those that are not final with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from warehouse.figures.status import STATUSES
from warehouse.reports.quality.listed import Listed, listed
from warehouse.reports.quality.reading import SQL
from warehouse.reports.rendering import plain


@dataclass(frozen=True)
class FigureLine:
    """A figure that is not final. value: with its unit; status: in words. trace: the command that leads to its cells."""

    name: str
    value: str
    status: str
    reasons: str
    trace: str


@dataclass(frozen=True)
class FigureStatuses:
    """Figures of a year by status, in words. period: the year; empty where there are none."""

    period: str
    counts: Mapping[str, int]
    unsettled: Listed

    @property
    def total(self) -> int:
        """Number of figures."""
        return sum(self.counts.values())


def figure_statuses_of(figures: pl.DataFrame) -> FigureStatuses:
    """Count figures by status and list those that are not final. figures: rows as `figures.sql` gives them."""
    rows = figures.to_dicts()
    counts = {words: sum(row["status"] == status for row in rows) for status, words in STATUSES.items()}
    lines = [
        FigureLine(
            name=row["indicator_name"],
            value="无数据" if row["value"] is None else f"{plain(row['value'], thousands=True)}{row['unit']}",
            status=STATUSES[row["status"]],
            reasons=row["status_reasons"],
            trace=f"xiangcang trace {row['indicator_code']} -p {row['period']}",
        )
        for row in rows
        if row["status"] != "final"
    ]
    return FigureStatuses(
        period=rows[0]["period"] if rows else "",
        counts={words: count for words, count in counts.items() if count},
        unsettled=listed(lines, SQL["figures"]),
    )
