"""The trace pages of a year: figures with the cells of archived files, each file read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

import polars as pl

from sources.county.contract import TextContract, WorkbookContract
from sources.county.references import References, read_references
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from sources.layout.block_content import BlockContent
from sources.layout.excerpt import cells_around, nearest
from sources.layout.sheet import lay_out_sheet
from sources.reading.cells import Sheet, Unreadable, cell_address, cell_position
from sources.reading.stored_cells import Altered, ArchivedFile, CellPlace, open_archived
from sources.reading.worker import Reader
from sources.staging.files import rejected_paths
from sources.text.personal import hide_in_name, hide_personal
from warehouse.database.query import open_published
from warehouse.database.store import Store
from warehouse.figures.traced_year import CountedDelivery, CountedRow, CountedTerm, read_counted_terms
from warehouse.reports.bulletin.figures import read_year
from warehouse.reports.traces.address import TRACES
from warehouse.reports.traces.content import Excerpt, ExcerptLine, TracePage, number, page_of, term_of
from warehouse.reports.traces.html import to_html

ROWS_SHOWN, DELIVERIES_SHOWN = 12, 4
"""Of a term: the cells of so many rows at most, from so many deliveries, the first."""

PERSONAL = "含个人信息的表，不列内容。"
NOT_KEPT = "原件已不在归档中。"
ALTERED = "归档的文件与收到时不同，不列内容；请从备份恢复。"
UNREADABLE = "归档的文件现在读不出来；请告知系统维护者。"
NO_CONTRACT = "读取此件所据的表式约定已不在，不列内容。"
_LIST_COLUMNS = "ABCD"


class ShownRows(NamedTuple):
    """Rows of one delivery and sheet that a term shows."""

    delivery: CountedDelivery
    sheet: str
    rows: tuple[CountedRow, ...]


def write_trace_pages(root: Path, year: int, folder: Path) -> list[Path]:
    """Write the page of each figure of a year below the folder of pages, in place of all that stood there.

    They are made aside and renamed together; they can be made again, so no disk is waited for. Raises
    NoBulletinFigures or NothingPublished, or OSError.
    """
    pages = read_trace_pages(root, year)
    below = folder / TRACES / f"{year}"
    below.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = Path(mkdtemp(prefix=f".{year}.", dir=below.parent))
    for page in pages:
        (aside / Path(page.address).name).write_text(to_html(page), "utf-8")
    remove_trace_pages(folder, year)
    aside.rename(below)
    return [folder / page.address for page in pages]


def remove_trace_pages(folder: Path, year: int) -> None:
    """Remove the trace pages of a year, which another version was published after."""
    below = folder / TRACES / f"{year}"
    if below.exists():
        rmtree(below)


def read_trace_pages(root: Path, year: int) -> list[TracePage]:
    """Read what the pages of a year say. Raises NoBulletinFigures or NothingPublished."""
    with open_published(Store(root)) as published:
        year_of_figures = read_year(published.rows, year)
        division = year_of_figures.of_district[0].division_code
        terms = read_counted_terms(published.rows, f"{year}", division, ROWS_SHOWN)
    parts = {id(term): parts_of(term) for of_figure in terms.values() for term in of_figure}
    references = read_references(Home(root).county)
    excerpts = read_excerpts(Home(root), references, [part for ps in parts.values() for part in ps])
    personal = references.catalogue.personal_tables
    of_terms = {term: [next(excerpts) for _ in of_term] for term, of_term in parts.items()}
    codes = [figure.indicator_code for figure in year_of_figures.of_district]
    return [
        page_of(
            figure,
            indicator := year_of_figures.indicators[figure.indicator_code],
            year_of_figures.version,
            [
                term_of(term, indicator, of_terms[id(term)], personal)
                for term in terms.get(figure.indicator_code, [])
            ],
            figure.basis if codes.count(figure.indicator_code) > 1 else "",
        )
        for figure in year_of_figures.of_district
    ]


def parts_of(term: CountedTerm) -> list[ShownRows]:
    """Choose the rows of a term that its page shows: some of each of the first deliveries, sheet by sheet."""
    deliveries = term.deliveries[:DELIVERIES_SHOWN]
    parts = []
    for delivery in deliveries:
        by_sheet = defaultdict(list)
        for row in delivery.first_rows[: -(-ROWS_SHOWN // len(deliveries))]:
            by_sheet[row.sheet_name].append(row)
        parts += [ShownRows(delivery, sheet, tuple(rows)) for sheet, rows in by_sheet.items()]
    return parts


def read_excerpts(home: Home, references: References, parts: Sequence[ShownRows]) -> Iterator[Excerpt]:
    """Read the excerpts of parts from the archive, each file once, and yield them in the order of the parts."""
    by_file: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for position, part in enumerate(parts):
        by_file[part.delivery.file_sha256, part.delivery.contract].append(position)
    excerpts: dict[int, Excerpt] = {}
    rejected = _rejected_rows(home, {part.delivery.delivery_id for part in parts})
    with Reader() as reader:
        for positions in by_file.values():
            file = _ShownFile(home, references, reader, parts[positions[0]].delivery)
            for position in positions:
                excerpts[position] = file.excerpt(
                    parts[position], rejected[parts[position].delivery.delivery_id]
                )
    return (excerpts[position] for position in range(len(parts)))


def _rejected_rows(home: Home, deliveries: Collection[str]) -> dict[str, set[tuple[str, int]]]:
    """Read the rows that are not accepted without a word, by delivery: sheet and 0-based row."""
    rows: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for receipt in read_receipts(home):
        if receipt.delivery_id in deliveries:
            for path in rejected_paths(home, [receipt]):
                places = pl.read_parquet(path, columns=["sheet_name", "sheet_row"]).drop_nulls()
                rows[receipt.delivery_id] |= {(sheet, row - 1) for sheet, row in places.iter_rows()}
    return rows


class _ShownFile:
    """An archived file whose cells pages show. hidden: why none of them are shown, else empty."""

    def __init__(self, home: Home, references: References, reader: Reader, delivery: CountedDelivery) -> None:
        self._references = references
        self._period = delivery.reported_period or ""
        self._contents: dict[str, list[BlockContent]] = {}
        self._archived: ArchivedFile | None = None
        self.hidden = self._open(home, reader, delivery)

    def _open(self, home: Home, reader: Reader, delivery: CountedDelivery) -> str:
        if delivery.staged_table in self._references.catalogue.personal_tables:
            return PERSONAL
        contract = self._references.contracts.get(delivery.contract) if delivery.contract else None
        if delivery.contract and contract is None:
            return NO_CONTRACT
        try:
            self._archived = open_archived(home, delivery.file_sha256, reader, contract)
            if self._archived and isinstance(contract, WorkbookContract):
                self._sheets = self._archived.sheets
        except Altered:
            return ALTERED
        except Unreadable:
            return UNREADABLE
        return "" if self._archived else NOT_KEPT

    def excerpt(self, part: ShownRows, rejected: Collection[tuple[str, int]]) -> Excerpt:
        """Make the excerpt of a part: its cells among others, or the addresses alone where none may be shown.

        rejected: rows of the delivery that are not shown beside others, by sheet.
        """
        file = hide_in_name(part.delivery.file_name)
        if self.hidden:
            cells = tuple(row.cell for row in part.rows)
            return Excerpt(file, part.sheet, note=self.hidden, cells=cells)
        if not part.sheet:
            return self._of_text(file, part)
        sheet = self._sheets[part.sheet]
        left_out = {row for name, row in rejected if name == part.sheet}
        marked = [cell_position(row.cell) for row in part.rows]
        around = cells_around(sheet, self._laid_out(sheet), marked, left_out)
        rows = {cell_position(row.cell)[0]: row for row in part.rows}
        lines = (
            _line(row + 1, texts, around.columns, rows.get(row))
            for row, texts in zip(around.rows, around.texts, strict=True)
        )
        letters = tuple(cell_address(0, column)[:-1] for column in around.columns)
        return Excerpt(
            file, part.sheet, letters, around.headings, tuple(lines), scale=part.rows[0].unit_scale
        )

    def _of_text(self, file: str, part: ShownRows) -> Excerpt:
        """Make the excerpt of a text file, or of the division list: of the columns that are read, nothing else."""
        assert self._archived is not None
        contract = self._references.contracts.get(part.delivery.contract or "")
        read = [cell_position(f"{letters}1")[1] for letters in part.delivery.columns or _LIST_COLUMNS]
        columns = nearest(read, [cell_position(row.cell) for row in part.rows])
        letters = tuple(cell_address(0, column)[:-1] for column in columns)
        has_headings = not isinstance(contract, TextContract) or contract.text.header
        numbers = [*([1] if has_headings else []), *(row.sheet_row for row in part.rows)]
        places = {n: [CellPlace("", f"{of_column}{n}") for of_column in letters] for n in numbers}
        stored = self._archived.read(place for of_line in places.values() for place in of_line)
        texts = {
            n: tuple(hide_personal(stored[place].text) for place in of_line) for n, of_line in places.items()
        }
        lines = (_line(row.sheet_row, texts[row.sheet_row], columns, row) for row in part.rows)
        headings = texts[1] if has_headings else ("",) * len(letters)
        return Excerpt(file, "", letters, headings, tuple(lines), scale=part.rows[0].unit_scale)

    def _laid_out(self, sheet: Sheet) -> list[BlockContent]:
        if sheet.name not in self._contents:
            self._contents[sheet.name], _ = lay_out_sheet(sheet, self._references, lambda _: self._period)
        return self._contents[sheet.name]


def _line(
    number_: int, texts: tuple[str, ...], columns: tuple[int, ...], row: CountedRow | None
) -> ExcerptLine:
    """Make a line of an excerpt. row: what is counted of it, None where it only stands beside."""
    if row is None:
        return ExcerptLine(number_, texts)
    counted = cell_position(row.cell)[1]
    parsed = hide_personal(row.parsed_value or "") + ("（更正）" if row.is_corrected else "")
    return ExcerptLine(
        number_,
        texts,
        frozenset(position for position, column in enumerate(columns) if column == counted),
        parsed,
        number(row.value),
    )
