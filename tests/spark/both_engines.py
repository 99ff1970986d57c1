"""The same sources built on DuckDB and on Spark."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.check_result import CheckResult
from tests.district import CATALOGUE
from warehouse.build.build import build
from warehouse.build.inputs import Inputs
from warehouse.database.engine import Source

CUT_OFF = datetime(2023, 2, 1, 1, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def build_on_both(
    sources: Mapping[str, Source], folder: Path, address: str, row_checks: Sequence[CheckResult] = ()
) -> tuple[Path, Path]:
    """The files of the two builds; the one that is cut from Spark's tables is the second."""
    built = [
        build(
            Inputs(CATALOGUE, sources),
            out=folder / f"{name}.duckdb",
            cut_off=CUT_OFF,
            synthetic=True,
            row_checks=row_checks,
            engine_address=engine_address,
        )
        for name, engine_address in (("duckdb", None), ("spark", address))
    ]
    assert built[0].row_counts.keys() == built[1].row_counts.keys()
    return built[0].path, built[1].path
