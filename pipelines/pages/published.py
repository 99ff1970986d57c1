"""The pages of a home: bulletins and the data dictionary, and where readers find them."""

from collections.abc import Iterable
from pathlib import Path

from pipelines.state.addresses import DICTIONARY_PAGE
from sources.county.contract import Contract
from sources.county.references import References, read_references
from sources.home.folders import Home, write_whole
from warehouse.database.query import open_published
from warehouse.database.store import Store
from warehouse.reports.bulletin.content import Bulletin, CountyTouch, content_of
from warehouse.reports.bulletin.county_text import BULLETINS, read_county_text
from warehouse.reports.bulletin.excel import to_excel
from warehouse.reports.bulletin.figures import full_year, read_year, years
from warehouse.reports.bulletin.html import to_html
from warehouse.reports.bulletin.printed import read_printed
from warehouse.reports.dictionary import entries, to_markdown
from warehouse.reports.dictionary import to_html as dictionary_html
from warehouse.reports.surface import public_surface


def read_bulletin(store: Store, year: int) -> Bulletin:
    """Read a year's bulletin in its county's words, compared with the one that it printed, where there is one.

    Raises NoBulletinFigures, NothingPublished, or what `read_references` raises.
    """
    with open_published(store) as published:
        year_of_figures = read_year(published.rows, year)
    references = read_references(Home(store.root).county)
    folder = references.folder / BULLETINS
    printed = read_printed(folder, year_of_figures.county_code, year)
    return content_of(year_of_figures, printed, _touch_of(references))


def _touch_of(references: References) -> CountyTouch:
    """Read what the county adds to its figures. Raises SettingsRefused."""
    return CountyTouch(
        text=read_county_text(references.folder / BULLETINS, references.catalogue.indicators),
        cards=tuple(references.county.cards or references.county.headlines),
        better=references.targets.better,
    )


def bulletin_years(store: Store) -> list[int]:
    """Read the years that have figures of the district, in order. Raises NothingPublished."""
    with open_published(store) as published:
        return years(published.rows)


def first_year_with_pages(store: Store) -> int | None:
    """Read the year from which on trace pages and a township page are written. Raises NothingPublished."""
    with open_published(store) as published:
        return full_year(published.rows)


def write_bulletin(bulletin: Bulletin, folder: Path, *, traced: bool = False) -> list[Path]:
    """Write page, document and workbook into a folder, which is made. traced: with links to trace pages. Raises OSError."""
    from warehouse.reports.bulletin.word import to_word  # its library takes a tenth of a second

    folder.mkdir(parents=True, exist_ok=True)
    written = {
        folder / f"公报{bulletin.year}.html": to_html(bulletin, traced=traced).encode(),
        folder / f"公报{bulletin.year}.docx": to_word(bulletin),
        folder / f"公报{bulletin.year}.xlsx": to_excel(bulletin),
    }
    for path, data in written.items():
        write_whole(path, data)
    return list(written)


def write_dictionary(root: Path, folder: Path) -> list[Path]:
    """Write the data dictionary of a home as Markdown and as a page into a folder, which is made. Raises OSError."""
    references = read_references(Home(root).county)
    tables = entries(references.catalogue, form_titles(references.contracts.values()))
    indicators = list(references.catalogue.indicators.values())
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        folder / "数据字典.md": to_markdown(tables, indicators),
        folder / DICTIONARY_PAGE: dictionary_html(tables, indicators),
    }
    for path, text in written.items():
        write_whole(path, text.encode())
    return list(written)


def write_surface(root: Path, folder: Path) -> Path:
    """Write the public surface of a home into a folder that there is. Raises OSError."""
    path = folder / "surface.txt"
    write_whole(path, public_surface(read_references(Home(root).county).catalogue).encode())
    return path


def form_titles(contracts: Iterable[Contract]) -> dict[str, list[str]]:
    """Give the first title of each form, by the staged table that it is read into."""
    titles: dict[str, list[str]] = {}
    for contract in contracts:
        known = titles.setdefault(contract.table, [])
        if contract.title[0] not in known:
            known.append(contract.title[0])
    return titles
