"""The township page of a year: what is published of places, and what the county has set for them."""

from pathlib import Path

from schemas.catalogue import Catalogue
from sources.county.references import References, read_references
from sources.home.folders import Home, write_whole
from warehouse.database.query import open_published
from warehouse.database.store import Store
from warehouse.reports.bulletin.figures import read_year
from warehouse.reports.townships.content import TownshipPage, content_of
from warehouse.reports.townships.html import to_html
from warehouse.reports.townships.maps import Ground
from warehouse.reports.townships.reading import CountySettings, read_place_figures


def township_page(year: int) -> str:
    """Name the page of a year."""
    return f"乡镇{year}.html"


def write_township_page(root: Path, year: int, folder: Path) -> Path:
    """Write the page of a year into a folder, which is made.

    Raises NoBulletinFigures, NothingPublished or OSError; of the county's lists TargetError, TileError or BoundaryError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / township_page(year)
    write_whole(path, to_html(read_township_page(root, year)).encode())
    return path


def read_township_page(root: Path, year: int) -> TownshipPage:
    """Read what the page of a year says. Raises as `write_township_page` does."""
    references = read_references(Home(root).county)
    with open_published(Store(root)) as published:
        of_year = read_year(published.rows, year)
        figures = read_place_figures(
            published.rows, year, of_year.version, of_year.indicators, _personal(references.catalogue)
        )
    return content_of(figures, _settings(references, year))


def _settings(references: References, year: int) -> CountySettings:
    targets, boundaries = references.targets, references.boundaries
    return CountySettings(
        targets={(t.indicator_code, t.division_code): t.amount for t in targets.targets if t.year == year},
        better=targets.better,
        ground=Ground(references.tiles, boundaries.rings, boundaries.approval_number),
    )


def _personal(catalogue: Catalogue) -> set[str]:
    """Name the indicators that forms with personal fields feed."""
    return {
        code
        for code, indicator in catalogue.indicators.items()
        for _, term in indicator.terms
        if any(table in catalogue.personal_tables for table, _ in term.needs)
    }
