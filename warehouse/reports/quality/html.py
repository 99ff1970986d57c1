"""The quality page as one HTML page that refers to nothing outside itself."""

from collections.abc import Sequence
from dataclasses import fields

from jinja2 import Environment, PackageLoader, StrictUndefined

from warehouse.reports.quality.completeness import MARKS, SUPERSEDED, WORDS
from warehouse.reports.quality.content import Quality
from warehouse.reports.quality.failing import FoundRow
from warehouse.reports.quality.trend import svg


def to_html(quality: Quality) -> str:
    """The whole page."""
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
        filled=_filled,
        labels=[f"{load.ended_at:%m-%d}" for load in quality.loads],
    )


def _filled(rows: Sequence[FoundRow]) -> set[str]:
    """The columns that any of the rows fills."""
    return {field.name for field in fields(FoundRow) if any(getattr(row, field.name) for row in rows)}


def _percent(value: float | None) -> str:
    """Two places at the most; a share that is not all never reads as all."""
    if value is None:
        return "—"
    rounded = f"{value:.2f}".rstrip("0").rstrip(".")
    if rounded == "100" and value < 100:
        return "99.99%"
    return f"{rounded}%"
