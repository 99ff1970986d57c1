"""The loaded sample as it stood before the build: its manifest, and the staged rows of what is in force."""

from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from sample.manifest import SampleManifest, read_manifest
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.source_tables import reference_frames
from sources.staging.files import staged_paths
from tests.accepted_last import in_force
from tests.district import REFERENCES, STAGED

Rows = list[tuple[Any, ...]]


class Sample:
    """The loaded sample as it stood before the build."""

    def __init__(self, home: Path) -> None:
        self.home = Home(home)

    @cached_property
    def manifest(self) -> SampleManifest:
        return read_manifest(self.home.root)

    @cached_property
    def receipts(self) -> list[Receipt]:
        return sorted(
            read_receipts(self.home), key=lambda receipt: (receipt.received_at, receipt.delivery_id)
        )

    @cached_property
    def divisions(self) -> pl.DataFrame:
        return reference_frames(REFERENCES)["ref_division"]

    @cached_property
    def place_names(self) -> dict[str, str]:
        return dict(self.divisions.select("division_code", "canonical_name").iter_rows())

    @cached_property
    def reporter_names(self) -> dict[str, str]:
        return dict(reference_frames(REFERENCES)["ref_reporter"].select("reporter_code", "name").iter_rows())

    def staged(self, table: str) -> pl.DataFrame:
        """Accepted rows of the deliveries in force; with `township` where they name a village."""
        last = self.receipts[-1].received_at
        rows = pl.read_parquet(staged_paths(self.home, in_force(self.receipts, last), STAGED)[table])
        if "village_code" not in rows.columns:
            return rows
        township = (pl.col("village_code").str.slice(0, 9) + "000").replace_strict(
            self.place_names, default=None
        )
        return rows.with_columns(township=township.fill_null("未知"))
