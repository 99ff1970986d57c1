"""The pages that stand beside the bulletin of a year and that it links to: trace pages, the township page.

They are written of the year that the bulletin is asked for, by a load of the last full year and a later one: each costs as much.
"""

from pathlib import Path

from pipelines.pages.townships import township_page, write_township_page
from pipelines.pages.traces import remove_trace_pages, write_trace_pages


def write_pages_beside(root: Path, year: int, folder: Path) -> tuple[Path, list[Path]]:
    """Write the township page and the trace pages of a year. Raises XiangcangError or OSError."""
    return write_township_page(root, year, folder), write_trace_pages(root, year, folder)


def remove_pages_beside(folder: Path, year: int) -> None:
    """Remove those of a year whose bulletin does not link to them: they are of another version."""
    remove_trace_pages(folder, year)
    (folder / township_page(year)).unlink(missing_ok=True)
