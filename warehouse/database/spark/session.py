"""A session on a Spark server over HiveServer2: the settings under which both engines read SQL alike, statements, rows."""

from types import TracebackType
from typing import Any, Self

from impala.dbapi import connect
from impala.error import Error
from thrift.transport.TTransport import TTransportException

from schemas.errors import XiangcangError
from warehouse.database.engine import Row
from warehouse.database.quoting import literal
from warehouse.database.spark.address import Address

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.parser.escapedStringLiterals": "true",  # a backslash in a text is a backslash
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",  # others are read hours early, without an error
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}


class NotAnswered(XiangcangError):
    """A server that cannot be reached, or a statement that it refuses."""


class Session:
    """A session on a server, in the database of its address. Raises NotAnswered, as each method does."""

    def __init__(self, address: Address) -> None:
        try:
            self._connection: Any = connect(
                host=address.host,
                port=address.port,
                auth_mechanism="PLAIN",
                user=address.user,
                password=address.password,
            )
            self._cursor: Any = self._connection.cursor(user=address.user)
        except (Error, OSError, TTransportException) as error:
            raise NotAnswered(f"连不上 {address.host}:{address.port} 的计算引擎：{error}") from error
        for name, value in _SETTINGS.items():
            self.run(f"set {name}={value}")
        self.run(f"use `{address.database}`")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cursor.close()
        self._connection.close()

    def run(self, statement: str) -> None:
        """Run a statement without fetching: after DDL a fetch fails on some servers."""
        try:
            self._cursor.execute(statement)
        except (Error, OSError, TTransportException) as error:
            lines = statement.split("\n")
            raise NotAnswered(f"计算引擎拒绝了语句 {literal(lines[0])}：{_reason(error)}") from error

    def tuples(self, select: str) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT or of what describes one."""
        self.run(select)
        return list(self._cursor.fetchall())

    def rows(self, select: str) -> list[Row]:
        """Return the rows of a SELECT, each by column name."""
        rows = self.tuples(select)
        names = [name for name, *_ in self._cursor.description]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _reason(error: Exception) -> str:
    """Give what a server says, without the stack of its program and the statement that it repeats."""
    lines = [line for line in str(error).partition("== SQL")[0].splitlines() if not line.startswith("\tat ")]
    return " ".join(lines)
