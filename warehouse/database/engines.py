"""What a build asks of an engine, and the choice of one by its address: DuckDB where there is none."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pandera.polars as pa

from schemas.errors import XiangcangError
from warehouse.database.engine import DuckDB, Row, Source


class EngineNotInstalled(XiangcangError):
    """An address of an engine whose client is not installed."""


class Engine(Protocol):
    """Builds tables from sources into a file; `DuckDB` says what each method does.

    run_name: of the folder in which the tables also lie, beside the file; None where they lie in the file alone.
    """

    @property
    def run_name(self) -> str | None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def register(self, name: str, model: type[pa.DataFrameModel], source: Source) -> None: ...

    def create(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> int: ...

    def create_view(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> None: ...

    def drop(self, name: str) -> None: ...

    def table_names(self) -> set[str]: ...

    def contents(self, name: str) -> tuple[int, str]: ...

    def count(self, select: str) -> int: ...

    def rows(self, select: str) -> list[Row]: ...

    def run(self, statements: Sequence[str]) -> None: ...

    def is_loose(self) -> bool: ...

    def copy_into(self, file: Path) -> None: ...


def open_engine(address: str | None, file: Path, scratch: Path, *, memory_limit: str) -> Engine:
    """Open the engine at an address, to build a file.

    address: `hive2://…` of a Spark server, None for DuckDB in this process. file, scratch, memory_limit: as of
    `DuckDB`. Raises WrongAddress, NotAnswered or EngineNotInstalled.
    """
    if address is None:
        return DuckDB(file, scratch, memory_limit=memory_limit)
    _require_client()
    from warehouse.database.spark.engine import Spark

    return Spark(address, file, scratch, memory_limit=memory_limit)


def show_published(address: str | None, published: Path) -> bool:
    """Let the engine at an address show the tables that the published file was cut from.

    Return whether it does: not where another engine built the file, or where there is none. Raises as `open_engine`.
    """
    if address is None:
        return True
    _require_client()
    from warehouse.database.spark.published import show_run

    return show_run(address, published) is not None


def _require_client() -> None:
    """Raise EngineNotInstalled where the client of a server is not installed."""
    if not find_spec("impala"):
        raise EngineNotInstalled(
            "设了 XIANGCANG_ENGINE，但没有安装它的客户端：请按 docs/province.md 安装 requirements-spark.lock"
        )
