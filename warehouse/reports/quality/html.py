"""The quality page as HTML that refers to nothing outside itself."""

from collections.abc import Sequence
from dataclasses import fields

from jinja2 import Environment, PackageLoader, StrictUndefined

from warehouse.reports.quality.completeness import MARKS, SUPERSEDED, WORDS
from warehouse.reports.quality.content import Quality
from warehouse.reports.quality.failing import FailedRow
from warehouse.reports.quality.trend import svg


def to_html(quality: Quality) -> str:
    """Render the whole page."""
    environment = Environment(
        loader=PackageLoader("warehouse.reports.quality", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "thousands": "{:,}".format}
    return environment.get_template("quality.html.j2").render(
        quality=quality,
        load=quality.load,
        standing=quality.standing,
        marks=MARKS,
        mark_words=WORDS,
        superseded=SUPERSEDED,
        plot=svg,
        filled=_filled_columns,
        labels=[f"{load.ended_at:%m-%d}" for load in quality.loads],
    )


def _filled_columns(rows: Sequence[FailedRow]) -> set[str]:
    """Return the names of the columns that any of the rows fills."""
    return {field.name for field in fields(FailedRow) if any(getattr(row, field.name) for row in rows)}


def _percent(value: float | None) -> str:
    """Write a percentage with two places at the most; less than 100 never reads as 100%, None as a dash."""
    if value is None:
        return "—"
    rounded = f"{value:.2f}".rstrip("0").rstrip(".")
    if rounded == "100" and value < 100:
        return "99.99%"
    return f"{rounded}%"
