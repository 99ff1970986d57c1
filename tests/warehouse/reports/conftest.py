"""A published warehouse of a few figures, and one bulletin of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.district import COUNTY
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS, Row, write_warehouse
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.reports.bulletin.content import Bulletin, content_of
from warehouse.reports.bulletin.figures import YearOfFigures, read_year
from warehouse.reports.bulletin.printed import PrintedBulletin, read_printed


@pytest.fixture
def published(tmp_path: Path) -> Callable[..., Store]:
    """Publish figures and indicators: by default those above, as sample data."""

    def publish(
        figures: list[Row] = FIGURES, indicators: list[Row] = INDICATORS, *, synthetic: bool = True
    ) -> Store:
        store = Store(tmp_path)
        store.prepare()
        write_warehouse(store.current, figures, indicators, synthetic=synthetic)
        return store

    return publish


@pytest.fixture
def read_2022(published: Callable[..., Store]) -> Callable[..., YearOfFigures]:
    def read(*args: Any, year: int = 2022, **options: Any) -> YearOfFigures:
        store = published(*args, **options)
        return read_year(lambda sql: query(store, sql), year)

    return read


@pytest.fixture(scope="session")
def printed_2022() -> PrintedBulletin:
    printed = read_printed(COUNTY / "bulletin", "140214", 2022)
    assert printed is not None
    return printed


@pytest.fixture
def bulletin(read_2022: Callable[..., YearOfFigures], printed_2022: PrintedBulletin) -> Bulletin:
    return content_of(read_2022(), printed_2022)


@pytest.fixture
def real_bulletin(read_2022: Callable[..., YearOfFigures], printed_2022: PrintedBulletin) -> Bulletin:
    """The same, of a warehouse that does not hold sample data."""
    return content_of(read_2022(synthetic=False), printed_2022)
