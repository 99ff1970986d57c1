"""The quality page as HTML that refers to nothing outside itself."""

from collections.abc import Sequence
from dataclasses import fields

from warehouse.reports.page_template import page_template
from warehouse.reports.quality.completeness import MARKS, SUPERSEDED, WORDS
from warehouse.reports.quality.content import Quality
from warehouse.reports.quality.failing import FailedRow
from warehouse.reports.quality.trend import svg
from warehouse.reports.quality.worklist import GRAVITIES


def to_html(quality: Quality, ui_address: str = "") -> str:
    """Render the whole page. ui_address: of the Dagster UI, which lines of checks link to; empty for no links."""
    filters = {"percent": _percent, "thousands": "{:,}".format}
    return page_template("warehouse.reports.quality", "quality.html.j2", filters).render(
        quality=quality,
        load=quality.load,
        standing=quality.standing,
        marks=MARKS,
        mark_words=WORDS,
        superseded=SUPERSEDED,
        plot=svg,
        filled=_filled_columns,
        ui_address=ui_address,
        facets=_facets(quality),
        position=_position,
        new_tasks=sum(task.is_new for task in quality.tasks),
        labels=[f"{load.ended_at:%m-%d}" for load in quality.loads],
    )


def _facets(quality: Quality) -> dict[str, tuple[str, list[str]]]:
    """List what the lines of the work list can be chosen by: title and texts, by attribute of a line."""
    tasks = quality.tasks
    return {
        "reporter": ("单位", sorted({task.reporter for task in tasks})),
        "form_title": ("表", sorted({task.form_title for task in tasks if task.form_title})),
        "gravity": ("程度", [word for word in GRAVITIES if word in {task.gravity for task in tasks}]),
    }


def _position(texts: Sequence[str], text: str) -> int:
    """Give the place of a text among those to choose from, from 1; 0 for none of them."""
    return texts.index(text) + 1 if text in texts else 0


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
