"""A build upon the last version: only what would be made of something else is made again, and all is as built anew."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.district import CATALOGUE
from tests.warehouse.build.loans_and_sales import GIVEN, Row, note
from tests.warehouse.build.same_rows import differing
from warehouse.build import construction, steps
from warehouse.build.build import Built
from warehouse.build.order import RECORDS, model_sql
from warehouse.build.steps import NOTHING, LastVersion, read_last_version
from warehouse.checks import table_checks
from warehouse.checks.frames import write_checks
from warehouse.database import describe

BuildAt = Callable[..., Built]
GivenSources = Callable[..., dict[str, Any]]
Ask = Callable[[Path, str], list[Row]]

ALWAYS = {"warehouse_info", "dq_build_step"}
"""Tables of the build itself: each has a cut-off and hashes of its own."""

LATER = datetime.fromisoformat("2023-02-02T01:30:00+08:00")


@dataclass(frozen=True)
class FirstNight:
    """A build of all, and the version that it is for the next night."""

    built: Built
    last: LastVersion


@pytest.fixture(scope="module")
def first_night(
    tmp_path_factory: pytest.TempPathFactory, build_at: BuildAt, given_sources: GivenSources
) -> FirstNight:
    folder = tmp_path_factory.mktemp("first")
    built = build_at(folder / "one.duckdb", given_sources(**GIVEN))
    write_checks(folder, built.checks)
    return FirstNight(built, read_last_version(built.path, folder))


@pytest.fixture
def build_next(
    tmp_path: Path, build_at: BuildAt, given_sources: GivenSources, first_night: FirstNight
) -> Callable[..., Built]:
    """Build the next night upon the first: with the tables that are given, else with the same."""

    def build(last: LastVersion | None = None, **tables: list[Row]) -> Built:
        sources = given_sources(**(GIVEN | tables))
        last = first_night.last if last is None else last
        return build_at(tmp_path / "next.duckdb", sources, cut_off=LATER, last=last)

    return build


def test_what_is_made_of_the_same_is_not_made_again(build_next: Callable[..., Built]) -> None:
    assert build_next().remade == ALWAYS


def test_a_changed_row_is_made_anew_with_what_reads_it(
    build_next: Callable[..., Built], build_at: BuildAt, given_sources: GivenSources, tmp_path: Path
) -> None:
    more = {"staged_loan_note": [*GIVEN["staged_loan_note"], note("N9", "2022-12-31", 500, "h9")]}
    built = build_next(**more)
    assert {"fact_loan_balance", "mart_loan_disbursement", "mart_figure"} <= built.remade
    assert not {"fact_agri_processing", "mart_agri_processing", "dim_division"} & built.remade
    whole = build_at(tmp_path / "whole.duckdb", given_sources(**(GIVEN | more)), cut_off=LATER)
    assert whole.remade > built.remade
    assert differing(built.path, whole.path) == []
    assert built.checks == whole.checks
    assert built.row_counts == whole.row_counts


def test_contents_that_come_out_as_before_end_the_matter(build_next: Callable[..., Built]) -> None:
    reversed_rows = GIVEN["staged_loan_note"][::-1]
    assert build_next(staged_loan_note=reversed_rows).remade == ALWAYS


def test_a_changed_model_is_made_anew(
    build_next: Callable[..., Built], monkeypatch: pytest.MonkeyPatch, read: Ask
) -> None:
    changed = {"dim_reporter": model_sql(CATALOGUE, "dim_reporter") + " where reporter_code <> 'rcb'"}
    for module in (construction, steps):
        monkeypatch.setattr(
            module, "model_sql", lambda _, name: changed.get(name) or model_sql(CATALOGUE, name)
        )
    built = build_next()
    assert "dim_reporter" in built.remade
    assert "fact_loan_balance" not in built.remade
    assert read(built.path, "select reporter_code from dim_reporter") == [{"reporter_code": "gaoshan"}]


def test_comments_are_those_of_the_code_that_builds(
    build_next: Callable[..., Built], monkeypatch: pytest.MonkeyPatch, read: Ask
) -> None:
    def comments(name: str, _: Any) -> list[str]:
        return ["comment on table dim_reporter is '另一说明'"] if name == "dim_reporter" else []

    monkeypatch.setattr(construction, "code_hash", lambda _: "of another code")
    monkeypatch.setattr(describe, "comments", comments)
    built = build_next()
    comment = "select comment from duckdb_tables() where table_name = 'dim_reporter'"
    assert read(built.path, comment) == [{"comment": "另一说明"}]
    assert built.remade == ALWAYS


def test_a_table_that_is_given_up_goes(
    build_next: Callable[..., Built], first_night: FirstNight, tmp_path: Path, read: Ask
) -> None:
    old = tmp_path / "old.duckdb"
    shutil.copyfile(first_night.built.path, old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("create table fact_given_up as select 1 as n")
    built = build_next(last=replace(first_night.last, file=old))
    given_up = "select table_name from duckdb_tables() where table_name = 'fact_given_up'"
    assert read(built.path, given_up) == []
    assert built.remade == ALWAYS


def test_checks_run_again_on_what_has_changed_alone(
    build_next: Callable[..., Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: set[str] = set()
    run = table_checks.run

    def note_and_run(catalogue: Any, checks: list[Any], *rest: Any) -> Any:
        ran.update(check.table for check in checks)
        return run(catalogue, checks, *rest)

    monkeypatch.setattr(table_checks, "run", note_and_run)
    build_next()
    assert ran == {"dq_delivery"}  # one of its checks asks for the time of the load
    notes = [row | {"balance_yuan": Decimal(1)} for row in GIVEN["staged_loan_note"]]
    build_next(staged_loan_note=notes)
    assert "fact_loan_balance" in ran
    assert "fact_agri_processing" not in ran


def test_a_table_that_is_not_as_it_was_built_is_made_anew(
    build_next: Callable[..., Built],
    first_night: FirstNight,
    tmp_path: Path,
    read: Ask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    altered = tmp_path / "altered.duckdb"
    shutil.copyfile(first_night.built.path, altered)
    with duckdb.connect(str(altered)) as connection:
        connection.execute("update fact_loan_balance set balance_yuan = 1")
    with caplog.at_level(logging.WARNING, "xiangcang"):
        built = build_next(last=replace(first_night.last, file=altered))
    assert "fact_loan_balance" in caplog.text
    balance = "select sum(balance_yuan) as yuan from fact_loan_balance"
    assert read(built.path, balance) == read(first_night.built.path, balance)
    assert len(built.remade) == len(built.row_counts)


def test_a_file_of_another_engine_is_not_built_upon(
    first_night: FirstNight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "ENGINE", "duckdb 9.0.0, storage v9")
    assert read_last_version(first_night.built.path, tmp_path) == NOTHING


def test_a_file_from_before_there_were_steps_is_not_built_upon(
    first_night: FirstNight, tmp_path: Path
) -> None:
    old = tmp_path / "old.duckdb"
    shutil.copyfile(first_night.built.path, old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("drop table dq_build_step")
    assert read_last_version(old, tmp_path) == NOTHING


def test_every_step_is_recorded(first_night: FirstNight, read: Ask) -> None:
    rows = read(first_night.built.path, "select kind, name, row_count from dq_build_step")
    tables = {row["name"]: row["row_count"] for row in rows if row["kind"] == "table"}
    assert tables == {n: c for n, c in first_night.built.row_counts.items() if n != RECORDS[-1]}
    assert {row["name"] for row in rows if row["kind"] == "check"} == {
        f"{check.table}.{check.name}" for check in first_night.built.checks
    }
