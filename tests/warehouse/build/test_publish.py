"""Publishing: whole versions or nothing, read by anyone at any time, and the way back."""

import itertools
import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import pytest

from tests.district import check_result
from tests.warehouse.build.conftest import copy_of
from warehouse.build import publish as publishing
from warehouse.build.build import Built
from warehouse.build.publish import (
    Blocked,
    BrokenBuild,
    UnknownVersion,
    current,
    is_up_to_date,
    latest,
    publish,
    recover,
    rollback,
    versions,
)
from warehouse.database.store import Store, VersionManifest

Publish = Callable[[str], VersionManifest]

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
DUPLICATE_KEY = check_result(
    name="dim_reporter__key", table="dim_reporter", kind="key", title="填报单位代码应唯一", importance="high",
    blocking=True, failed_rows=2, checked_rows=2, message="2 行不符，例如 reporter_code=甲",
)  # fmt: skip


@pytest.fixture
def built(store: Store, built_once: dict[str, Built]) -> Callable[[str], Built]:
    """The build of a name, lying where a load builds."""

    return lambda name: copy_of(built_once[name], store)


@pytest.fixture
def published(store: Store, built: Callable[[str], Built]) -> Publish:
    """Publish the build of a name one night after the other; the fingerprint is that of the night."""
    nights = itertools.count()

    def run(name: str) -> VersionManifest:
        n = next(nights)
        return publish(store, built(name), fingerprint=f"f{n}", now=NIGHT + timedelta(days=n))

    return run


def names_in(file: Path) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute("select reporter_name from dim_reporter order by all").fetchall()
        return [name for (name,) in rows]


def test_the_first_version_is_published(store: Store, published: Publish) -> None:
    manifest = published("甲")
    assert manifest.version == "v000001"
    assert names_in(store.current) == ["甲"]
    assert current(store) == latest(store) == manifest


def test_the_manifest_says_what_the_version_is(store: Store, published: Publish) -> None:
    manifest = published("甲")
    assert (manifest.built_at, manifest.synthetic, manifest.fingerprint) == (NIGHT, True, "f0")
    assert manifest.cut_off.isoformat() == "2023-02-01T01:30:00+08:00"
    assert manifest.row_counts["dim_reporter"] == 1
    assert manifest.failed_checks == []
    kept = (store.history / "v000001" / "manifest.json").read_text("utf-8")
    assert json.loads(kept) == json.loads(manifest.to_json())


def test_the_file_says_which_version_it_is(store: Store, published: Publish) -> None:
    published("甲")
    with duckdb.connect(str(store.current), read_only=True) as connection:
        info = dict(connection.execute("select name, value from warehouse_info").fetchall())
    assert (info["version"], info["published_at"]) == ("v000001", "2023-02-01T01:40:00+08:00")


def test_check_results_are_kept_with_the_version(
    store: Store, published: Publish, built_once: dict[str, Built]
) -> None:
    published("甲")
    kept = pl.read_parquet(store.history / "v000001" / "check_result.parquet")
    assert kept.height == len(built_once["甲"].checks)
    assert kept["is_passed"].all()


def test_the_next_version_replaces_it_and_both_are_kept(store: Store, published: Publish) -> None:
    published("甲")
    published("乙")
    assert names_in(store.current) == ["乙"]
    assert names_in(store.file("v000001")) == ["甲"]
    assert [manifest.version for manifest in versions(store)] == ["v000002", "v000001"]
    assert not store.building.exists()


def test_a_version_is_read_only_and_stays_byte_for_byte(store: Store, published: Publish) -> None:
    published("甲")
    before = store.file("v000001").read_bytes()
    published("乙")
    rollback(store, "v000001", now=NIGHT)
    assert store.file("v000001").read_bytes() == before
    assert stat.S_IMODE(store.current.stat().st_mode) == 0o400


def test_the_published_file_keeps_the_older_storage_version(store: Store, published: Publish) -> None:
    published("甲")
    with duckdb.connect(str(store.current), read_only=True) as connection:
        opened = "select tags['storage_version'] from duckdb_databases() where database_name = 'warehouse'"
        assert connection.execute(opened).fetchall() == [("v1.2.0+",)]


def test_a_blocked_build_is_not_published(
    store: Store, published: Publish, built: Callable[[str], Built]
) -> None:
    published("甲")
    wrong = replace(built("乙"), checks=[DUPLICATE_KEY])
    with pytest.raises(Blocked, match=r"原有数据不变.*填报单位代码应唯一.*reporter_code=甲") as blocked:
        publish(store, wrong, fingerprint="f", now=NIGHT)
    assert blocked.value.checks == [DUPLICATE_KEY]
    assert names_in(store.current) == ["甲"]
    assert [manifest.version for manifest in versions(store)] == ["v000001"]


def test_a_file_that_lost_rows_is_not_published(store: Store, built: Callable[[str], Built]) -> None:
    short = built("甲")
    with duckdb.connect(str(short.path)) as connection:
        connection.execute("delete from dim_reporter")
    with pytest.raises(BrokenBuild, match="dim_reporter: 1 rows were built, 0 can be read back"):
        publish(store, short, fingerprint="f", now=NIGHT)
    assert current(store) is None


def test_a_file_that_is_damaged_is_not_published(store: Store, built: Callable[[str], Built]) -> None:
    damaged = built("甲")
    data = damaged.path.read_bytes()
    damaged.path.write_bytes(data[: len(data) // 4] + bytes(byte ^ 0xFF for byte in data[len(data) // 4 :]))
    with pytest.raises(duckdb.Error):
        publish(store, damaged, fingerprint="f", now=NIGHT)
    assert (current(store), versions(store)) == (None, [])


def test_a_reader_keeps_the_version_that_it_opened(store: Store, published: Publish) -> None:
    published("甲")
    with duckdb.connect(str(store.current), read_only=True) as reader:
        published("乙")
        assert reader.execute("select reporter_name from dim_reporter").fetchall() == [("甲",)]
    assert names_in(store.current) == ["乙"]


def test_a_log_left_beside_the_published_file_is_removed(store: Store, published: Publish) -> None:
    published("甲")
    store.current.with_name("warehouse.duckdb.wal").write_bytes(b"not ours")
    published("乙")
    assert not store.current.with_name("warehouse.duckdb.wal").exists()
    assert names_in(store.current) == ["乙"]


def test_rolling_back_points_to_the_earlier_version_and_is_written_down(
    store: Store, published: Publish
) -> None:
    first = published("甲")
    second = published("乙")
    assert rollback(store, "v000001", now=NIGHT) == first
    assert names_in(store.current) == ["甲"]
    assert (current(store), latest(store)) == (first, second)
    assert json.loads(store.rollbacks.read_text("utf-8")) == {
        "at": "2023-02-01T01:40:00+08:00",
        "from": "v000002",
        "to": "v000001",
    }


def test_a_rollback_may_be_taken_back(store: Store, published: Publish) -> None:
    published("甲")
    published("乙")
    rollback(store, "v000001", now=NIGHT)
    rollback(store, "v000002", now=NIGHT)
    rollback(store, "v000002", now=NIGHT)
    assert names_in(store.current) == ["乙"]
    assert sorted(path.name for path in store.current.parent.iterdir()) == [
        "last_build",
        "versions",
        "warehouse.duckdb",
    ]


def test_a_version_after_a_rollback_has_the_next_number(store: Store, published: Publish) -> None:
    for name in ("甲", "乙"):
        published(name)
    rollback(store, "v000001", now=NIGHT)
    assert published("甲").version == "v000003"
    assert store.current.samefile(store.file("v000003"))


def test_an_unknown_version_is_refused_by_naming_the_known(store: Store, published: Publish) -> None:
    published("甲")
    with pytest.raises(UnknownVersion, match=r"v000009.*v000001"):
        rollback(store, "v000009", now=NIGHT)
    assert not store.rollbacks.exists()


def test_unchanged_inputs_need_no_new_version_even_after_a_rollback(store: Store, published: Publish) -> None:
    assert not is_up_to_date(store, "f0")
    published("甲")
    assert is_up_to_date(store, "f0")
    published("甲")
    rollback(store, "v000001", now=NIGHT)
    assert is_up_to_date(store, "f1")
    assert not is_up_to_date(store, "f0")


def test_history_without_a_published_file_is_not_up_to_date(store: Store, published: Publish) -> None:
    published("甲")
    store.current.unlink()
    assert not is_up_to_date(store, "f0")


def test_where_nothing_was_published_there_is_no_version(tmp_path: Path) -> None:
    empty = Store(tmp_path / "new")
    assert (current(empty), latest(empty), versions(empty)) == (None, None, [])


class Stopped(BaseException):
    """Stands in for a kill between two steps: nothing after it runs."""


def stop_at(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def stop(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(publishing, step, stop)


@pytest.mark.parametrize("step", ["_sign", "_verify", "write_record", "_point"])
def test_a_version_that_was_not_pointed_to_is_dropped(
    store: Store, published: Publish, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    published("甲")
    stop_at(monkeypatch, step)
    with pytest.raises(Stopped):
        published("乙")
    monkeypatch.undo()
    recover(store)
    assert names_in(store.current) == ["甲"]
    assert [manifest.version for manifest in versions(store)] == ["v000001"]
    assert [path.name for path in store.versions.iterdir()] == ["v000001.duckdb"]


def test_a_version_that_was_pointed_to_is_finished(
    store: Store, published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("甲")
    stop_at(monkeypatch, "_finish")
    with pytest.raises(Stopped):
        published("乙")
    monkeypatch.undo()
    pending = current(store)
    assert pending is not None
    assert (pending.version, [manifest.version for manifest in versions(store)]) == ("v000002", ["v000001"])
    recover(store)
    assert current(store) == latest(store) == pending
    assert is_up_to_date(store, "f1")
