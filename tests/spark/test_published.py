"""What the catalogue shows: one run or the other, switched by view, never written in place."""

import json
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.field import polars_schema
from tests.district import BUILT, CATALOGUE, RECORDED, SOURCE
from tests.spark.server import Server
from warehouse.build.order import model_sql
from warehouse.database.describe import comments
from warehouse.database.engine import Misshapen
from warehouse.database.spark.engine import Spark
from warehouse.database.spark.published import RUNS, show_run
from warehouse.database.spark.session import NotAnswered, Session

CHILD = """
import os, signal, sys
from pathlib import Path
from tests.spark.test_published import build_period
build_period(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
os.kill(os.getpid(), signal.SIGKILL)
"""
"""A load that is killed between write and switch."""


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    return server.address()


def settled(period: str) -> pl.DataFrame:
    model = SOURCE["source_settled_period"]
    plain: dict[type[pl.DataType], object] = {pl.String: "甲", pl.Datetime: datetime(2023, 1, 5, 9, 30, 1, 5)}
    row = {name: plain[dtype.base_type()] for name, dtype in polars_schema(model).items()}
    return pl.DataFrame([row | {"period": period}], schema=polars_schema(model))


def build_period(address: str, file: Path, period: str) -> str:
    """Build two small tables, of which one says the run; return the run's name."""
    scratch = file.with_suffix(".scratch")
    scratch.mkdir(exist_ok=True)
    with Spark(address, file, scratch, memory_limit="200MB") as engine:
        info = [("run_name", engine.run_name, "")]
        info_model = RECORDED["source_build_info"]
        engine.register(
            "source_build_info", info_model, pl.DataFrame(info, polars_schema(info_model), orient="row")
        )
        engine.register("source_settled_period", SOURCE["source_settled_period"], settled(period))
        for name in ("warehouse_info", "dq_settled_period"):
            assert engine.create(name, BUILT[name], model_sql(CATALOGUE, name)) == 1
            engine.run(comments(name, BUILT[name]))
        return engine.run_name


def publish(address: str, file: Path, published: Path) -> None:
    file.replace(published)
    show_run(address, published)


def shown(session: Session) -> object:
    return session.rows("select period from dq_settled_period")[0]["period"]


def shown_run(session: Session) -> object:
    return session.rows("select value from warehouse_info where name = 'run_name'")[0]["value"]


def test_a_run_is_shown_when_its_file_is_published(address: str, session: Session, tmp_path: Path) -> None:
    published = tmp_path / "published.duckdb"
    for period in ("2021", "2022"):
        build_period(address, tmp_path / "built.duckdb", period)
        publish(address, tmp_path / "built.duckdb", published)
        assert shown(session) == period


def test_the_published_file_is_cut_from_the_run(address: str, tmp_path: Path) -> None:
    build_period(address, tmp_path / "built.duckdb", "2021")
    with duckdb.connect(str(tmp_path / "built.duckdb")) as connection:
        assert connection.table("dq_settled_period").fetchall() == settled("2021").rows()


def test_a_load_killed_between_write_and_switch_leaves_the_old_tables(
    address: str, session: Session, tmp_path: Path
) -> None:
    published, built = tmp_path / "published.duckdb", tmp_path / "built.duckdb"
    build_period(address, built, "2021")
    publish(address, built, published)
    before = published.read_bytes(), session.rows("describe extended dq_settled_period")
    killed = subprocess.run([sys.executable, "-c", CHILD, address, str(built), "2022"], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert shown(session) == "2021"
    assert (published.read_bytes(), session.rows("describe extended dq_settled_period")) == before
    publish(address, built, published)
    assert shown(session) == "2022"


def test_a_switch_that_was_cut_short_is_finished_by_the_next(
    address: str, session: Session, tmp_path: Path
) -> None:
    published, built = tmp_path / "published.duckdb", tmp_path / "built.duckdb"
    old = build_period(address, built, "2021")
    publish(address, built, published)
    new = build_period(address, built, "2022")
    built.replace(published)
    first, *_ = json.loads((tmp_path / RUNS / f"{new}.json").read_text("utf-8"))
    session.run(first)
    assert (shown(session), shown_run(session)) == ("2022", old)
    show_run(address, published)
    assert (shown(session), shown_run(session)) == ("2022", new)


def test_comments_are_shown_as_in_the_file(address: str, session: Session, tmp_path: Path) -> None:
    build_period(address, tmp_path / "built.duckdb", "2021")
    publish(address, tmp_path / "built.duckdb", tmp_path / "published.duckdb")
    with duckdb.connect(str(tmp_path / "published.duckdb")) as connection:
        in_file = connection.execute(
            "select column_name, comment from duckdb_columns() where table_name = 'dq_settled_period'"
        ).fetchall()
    described = session.tuples("describe dq_settled_period")
    assert [(name, comment) for name, _, comment in described] == in_file


def test_a_file_that_duckdb_built_shows_nothing(address: str, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "published.duckdb")) as connection:
        connection.execute("create table warehouse_info as select 'version' as name, 'v000001' as value")
    assert show_run(address, tmp_path / "published.duckdb") is None
    assert show_run(address, tmp_path / "nothing.duckdb") is None


def test_a_select_of_other_columns_is_refused(address: str, tmp_path: Path) -> None:
    with (
        Spark(address, tmp_path / "built.duckdb", tmp_path, memory_limit="200MB") as engine,
        pytest.raises(Misshapen, match="dq_settled_period"),
    ):
        engine.create("dq_settled_period", BUILT["dq_settled_period"], "select 1 as period")


def test_a_refused_statement_says_why_in_a_line(session: Session) -> None:
    with pytest.raises(NotAnswered, match=r"^计算引擎拒绝了语句 .*no_such_table") as refused:
        session.run("select * from no_such_table")
    assert "\n" not in str(refused.value)


def test_days_and_times_are_read_back_as_they_were(address: str, session: Session, tmp_path: Path) -> None:
    written = session.rows(
        "select date '2022-12-31' as day, timestamp_ntz '2022-12-31 23:59:59.000001' as time"
    )
    assert written == [{"day": date(2022, 12, 31), "time": datetime(2022, 12, 31, 23, 59, 59, 1)}]
