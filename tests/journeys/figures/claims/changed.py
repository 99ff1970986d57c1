"""The sample's deliveries with changed rows, and the figures that they give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.assets.resources import Snapshot
from pipelines.assets.warehouse import build_sources
from schemas.field import polars_schema
from sources.county.references import References, read_references
from sources.holding.frame import Frame
from sources.holding.home_states import KeptJudge
from sources.holding.rows import DeliveredRows
from sources.holding.states import delivery_states
from sources.holding.surroundings import Surroundings
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import DataFile, Receipt, read_receipts
from tests.district import COUNTY, INDICATORS
from tests.warehouse.standing_build import RELATIONS, StandingBuild
from warehouse.figures.indicator_frames import indicator_form_frame, indicator_frame

Key = tuple[str, str, str, str]
"""Indicator, period, basis and division."""

LINEAGE = ("delivery_id", "sheet_name", "sheet_block", "sheet_row")
_FIGURES = """
select indicator_code, period, basis, division_code, value, status, status_reasons, missing_units, missing_cells,
  missing_deliveries, rejected_rows, doubt
from mart_figure
"""
_ROWS = """
select indicator_code, period, basis, county_code, township_code, place_code, delivery_id, sheet_name, sheet_block, sheet_row,
  is_counted
from mart_figure_row
where delivery_id = '{}' and (year_role = 'current')
"""


@dataclass
class District:
    """The sample as it was loaded, and a build that stays."""

    home: Home
    references: References
    receipts: list[Receipt]
    build: StandingBuild
    folder: Path

    def delivery(self, table: str, period: str, reporter: str | None = None) -> Receipt:
        """Give the first delivery in force of a table in a period."""
        in_force = self.snapshot(self.receipts).states.counting
        return next(
            r
            for r in in_force
            if r.table == table and r.period == period and reporter in (None, r.reporter_code)
        )

    def table_of(self, delivery_id: str) -> str:
        """Name the staged table of a delivery."""
        return next(r.table for r in self.receipts if r.delivery_id == delivery_id)

    def rows(self, receipt: Receipt) -> pl.DataFrame:
        """Read the accepted rows of a delivery."""
        return pl.concat(
            pl.read_parquet(self.home.root / part.path, hive_partitioning=False)
            for part in receipt.staged_files
        )

    def expected_units(self, receipt: Receipt) -> tuple[list[str], pl.DataFrame]:
        """Give the key of a delivery's frame, and the keys that it expects."""
        states = self.snapshot(self.receipts).states
        contract = self.references.contracts[receipt.contract]
        compared = Surroundings(receipt, contract, states, self.references.catalogue)
        nothing = receipt.model_copy(update={"staged_files": [], "candidate_files": []})
        compared.receipt = nothing
        lacking = Frame(DeliveredRows(self.home, self.references), self.references, compared).lacking()
        assert lacking is not None
        return lacking.keys.columns, lacking.keys

    def with_rows(self, receipt: Receipt, rows: pl.DataFrame, **changes: Any) -> list[Receipt]:
        """Give all receipts, one of them with other rows."""
        path = self.folder / f"{receipt.delivery_id}-{rows.hash_rows().sum()}.parquet"
        rows.write_parquet(path)
        part = DataFile(path=str(path), sha256=path.stem, rows=rows.height)
        changed = receipt.model_copy(
            update={"staged_files": [part], "revision": receipt.revision + 1, **changes}
        )
        return [changed if r.delivery_id == receipt.delivery_id else r for r in self.receipts]

    def snapshot(self, receipts: list[Receipt]) -> Snapshot:
        """Compute what receipts count for."""
        cut_off = datetime.now(SHANGHAI)
        judge = KeptJudge(self.home, self.references)
        states = delivery_states(receipts, [], judge, cut_off, self.references.tables_judged_last)
        return Snapshot(cut_off, receipts, states)

    def ask(self, receipts: list[Receipt]) -> Callable[[str], list[dict[str, Any]]]:
        """Answer queries on the models that these receipts give."""
        given = build_sources(self.home, self.references, self.snapshot(receipts))
        frames = {
            name: source if isinstance(source, pl.DataFrame) else _read(name, source)
            for name, source in given.items()
        }
        frames |= {
            "source_indicator": indicator_frame(INDICATORS.values()),
            "source_indicator_form": indicator_form_frame(INDICATORS.values()),
        }
        return lambda sql: self.build.select(sql, frames)

    def figures(self, receipts: list[Receipt]) -> dict[Key, dict[str, Any]]:
        """Give every figure that these receipts give."""
        return {key_of(row): row for row in self.ask(receipts)(_FIGURES)}

    def rows_of_figures(self, delivery_id: str) -> list[dict[str, Any]]:
        """Give the rows of a delivery as figures look at them."""
        return self.ask(self.receipts)(_ROWS.format(delivery_id))


def key_of(row: Mapping[str, Any]) -> Key:
    return row["indicator_code"], row["period"], row["basis"], row["division_code"]


def keys_of(row: Mapping[str, Any]) -> list[Key]:
    """Give the figures that a row is looked at for: of its county, township and place."""
    places = (f"{row['county_code']}000000", row["township_code"], row["place_code"])
    return [
        (row["indicator_code"], row["period"], row["basis"], place) for place in places if place is not None
    ]


def read_district(home: Path, folder: Path) -> District:
    """Read the sample as it was loaded."""
    build = StandingBuild(folder)
    references = read_references(COUNTY).with_corrections(Home(home).corrections)
    return District(Home(home), references, read_receipts(Home(home)), build, folder)


def _read(name: str, paths: Any) -> pl.DataFrame:
    schema = polars_schema(RELATIONS[name])
    parts = [pl.read_parquet(path, hive_partitioning=False).select(list(schema)) for path in paths]
    return pl.concat([pl.DataFrame(schema=schema), *parts])
