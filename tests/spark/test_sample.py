"""Every model and check, on both engines, on the sample district."""

from pathlib import Path

import duckdb
import pytest

from pipelines.assets.resources import Snapshot
from pipelines.assets.warehouse import build_sources, row_checks
from sources.county.references import read_references
from sources.holding.home_states import home_states
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from tests.district import COUNTY
from tests.spark.both_engines import CUT_OFF, build_on_both
from tests.spark.same_tables import differences
from tests.spark.server import Server


@pytest.fixture(scope="module")
def built(sample_home: Path, server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    home, references = Home(sample_home), read_references(COUNTY)
    receipts = read_receipts(home)
    states = home_states(home, references, receipts, CUT_OFF)
    sources = build_sources(home, references, Snapshot(CUT_OFF, receipts, states))
    results = row_checks(home, references, states.open)
    return build_on_both(sources, tmp_path_factory.mktemp("sample"), server.address(), results)


def test_every_table_is_the_same(built: tuple[Path, Path]) -> None:
    assert differences(*built) == {}


def test_checks_found_the_same_rows(built: tuple[Path, Path]) -> None:
    """They are among the tables that are the same; here, that there were some."""
    with duckdb.connect(str(built[1]), read_only=True) as connection:
        ((checks, findings),) = connection.execute(
            "select (select count(*) from dq_check_result), (select count(*) from dq_finding)"
        ).fetchall()
    assert checks > 1_000
    assert findings > 50
