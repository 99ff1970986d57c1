"""A server for all tests, the sample built on both engines, and what differs between two built files."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests import ROOT

if TYPE_CHECKING:
    from tests.spark.server import Server
    from warehouse.database.spark.session import Session

if not find_spec("pyspark"):
    collect_ignore_glob = ["test_*.py"]  # `make test` runs without Spark and its client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "spark"):
            item.add_marker("spark")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    from tests.spark.server import Server

    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def session(server: "Server") -> Iterator["Session"]:
    from warehouse.database.spark.address import read_address
    from warehouse.database.spark.session import Session

    with Session(read_address(server.address())) as opened:
        yield opened
