"""The home page of a home's pages: what there is in the folder now, and what the last load came to."""

from itertools import chain
from pathlib import Path

from pipelines.state.addresses import HOME_PAGE, pages_folder
from pipelines.state.load_record import STATES, read_records
from sources.county.references import read_references
from sources.county.reporting_terms import reporting_terms
from sources.home.folders import Home, write_whole
from warehouse.reports.home import HomePage, to_html, years_of


def write_home_page(root: Path) -> Path:
    """Write `pages/index.html` anew, after whatever else is written there. Raises whatever fails."""
    path = pages_folder(root) / HOME_PAGE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, to_html(read_home_page(root)).encode())
    return path


def renew_home_page(root: Path) -> None:
    """Write the page anew where a load has written one, so that it leads to pages that came since."""
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
        years=years_of(names),
        pages=names,
        statuses={words: count for words, count in record.figure_statuses.items() if count},
        forms=list(chain.from_iterable(reporting_terms(contracts, references) for contracts in by_form)),
    )
