"""A figure with its cells as they stand in the archived files."""

from dataclasses import replace

import polars as pl

from schemas.catalogue import STAGED
from schemas.field import columns
from sources.county.contract import Contract
from sources.county.contract_files import read_contracts
from sources.county.references import HERE
from sources.home.folders import Home
from sources.reading.stored_cells import CellPlace, Stored, read_back
from sources.reading.worker import Reader
from warehouse.figures.trace import Traced, TracedTerm

PERSONAL = "（个人信息，不显示）"
NOT_KEPT = "（原件已不在归档中）"
NO_CONTRACT = "（读取此件所据的表式约定已不在）"

SHOWN = (
    "file_name", "file_sha256", "sheet_name", "sheet_row", "cell", "field", "stored_value", "parsed_value",
    "value", "counted_key", "corrected", "reporter_code", "received_at",
)  # fmt: skip
"""The columns of a traced row, in the order in which they are shown."""


def with_stored_values(home: Home, traced: Traced) -> Traced:
    """Add `stored_value` to the rows, read back from the archive, in the columns of SHOWN.

    A personal field's text is not shown. Raises Altered where an archived file is not what it was.
    """
    contracts = read_contracts(HERE / "contracts")
    with Reader() as reader:
        terms = [_read_back(home, term, contracts, reader) for term in traced.terms]
    return replace(traced, terms=terms)


def _read_back(home: Home, term: TracedTerm, contracts: dict[str, Contract], reader: Reader) -> TracedTerm:
    parts = []
    for (digest, contract), rows in term.rows.group_by("file_sha256", "contract", maintain_order=True):
        places = [CellPlace(*at) for at in rows.select("sheet_name", "cell").iter_rows()]
        stored = _stored_at(home, str(digest), places, reader, contract, contracts)
        parts.append(
            rows.with_columns(
                cell=pl.Series([value.cell for value in stored]),
                stored_value=pl.Series([value.text for value in stored]),
            )
        )
    rows = pl.concat(parts) if parts else term.rows.with_columns(stored_value=pl.lit(""))
    hidden = pl.concat_str("staged_table", pl.lit("."), "field").is_in(_personal_fields())
    shown = rows.with_columns(
        stored_value=pl.when(hidden).then(pl.lit(PERSONAL)).otherwise(pl.col("stored_value"))
    )
    return replace(term, rows=shown.select(SHOWN))


def _stored_at(
    home: Home,
    digest: str,
    places: list[CellPlace],
    reader: Reader,
    contract: object,
    contracts: dict[str, Contract],
) -> list[Stored]:
    """Read what stands at each place; contract: the name of what the file was read by, None for the division list."""
    if contract is not None and contract not in contracts:
        return [Stored(place.cell, NO_CONTRACT) for place in places]
    values = read_back(home, digest, set(places), reader, contracts.get(str(contract)))
    if values is None:
        return [Stored(place.cell, NOT_KEPT) for place in places]
    return [values[place] for place in places]


def _personal_fields() -> list[str]:
    return [
        f"{table}.{column.name}" for table, model in STAGED.items() for column in columns(model) if column.pii
    ]
