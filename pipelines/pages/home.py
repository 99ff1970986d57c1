"""The home page of a home's pages: what there is in the folder now, and what the last load came to."""

from itertools import chain
from pathlib import Path

from pipelines.state.addresses import HOME_PAGE, pages_folder, ui_address
from pipelines.state.load_record import STATES, read_records
from sources.county.references import read_references
from sources.county.reporting_terms import reporting_terms
from sources.home.folders import Home, write_whole
from warehouse.reports.home import HomePage, to_html, years_of


def write_home_page(root: Path) -> Path:
    """Write `pages/index.html`, after whatever else is written there, unless it says so. Raises whatever fails."""
    path = pages_folder(root) / HOME_PAGE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = to_html(read_home_page(root)).encode()
    if not path.exists() or path.read_bytes() != page:
        write_whole(path, page)
    return path


def renew_home_page(root: Path) -> None:
    """Write the page anew where a load has written one, so that it leads to what there is now and where that is served."""
    if (pages_folder(root) / HOME_PAGE).exists():
        write_home_page(root)


def read_home_page(root: Path) -> HomePage:
    """Read what the page says. Raises LookupError where no run was ever recorded."""
    record = next(read_records(root), None)
    if record is None:
        raise LookupError(f"no run is recorded in {root}")
    names = sorted(path.name for path in pages_folder(root).iterdir() if path.is_file())
    references = read_references(Home(root).county)
    by_form = (
        [contract for contract in references.contracts.values() if contract.table == table]
        for table in references.reported
    )
    return HomePage(
        county=references.county.name,
        is_synthetic=record.synthetic,
        version=record.version,
        load=STATES[record.state],
        loaded_at=record.ended_at,
        ui=ui_address(),
        years=years_of(names),
        pages=names,
        statuses={words: count for words, count in record.figure_statuses.items() if count},
        forms=list(chain.from_iterable(reporting_terms(contracts, references) for contracts in by_form)),
    )
