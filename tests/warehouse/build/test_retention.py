"""Files of old versions are removed as the operator has set; what was published then is still told by its record."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.warehouse.build.conftest import copy_of
from tests.warehouse.build.test_publish import NIGHT
from warehouse.build.build import Built
from warehouse.build.publish import UnknownVersion, current, publish, rollback, versions
from warehouse.build.retention import kept_versions, lost_versions, retire_versions
from warehouse.database.store import Store
from warehouse.figures.history import difference

LATER = NIGHT + timedelta(days=200)


@pytest.fixture
def publish_on(store: Store, built_once: dict[str, Built]) -> Callable[..., None]:
    """Publish a version on each of some nights, given as months and days of 2023."""

    def run(*days: str) -> None:
        for day in days:
            now = datetime.fromisoformat(f"2023-{day}T01:40:00+08:00")
            publish(store, copy_of(built_once["甲"], store), fingerprint=day, now=now)

    return run


def files(store: Store) -> list[str]:
    return sorted(path.stem for path in store.versions.glob("*.duckdb"))


def keep(root: Path, newest: int) -> None:
    (root / "operating.toml").write_text(f"keep_versions = {newest}\n", "utf-8")


def test_by_default_thirty_are_kept_and_the_last_of_each_month(
    store: Store, publish_on: Callable[..., None]
) -> None:
    publish_on("02-01")
    [made] = versions(store)
    nights = [replace(made, version=f"v{n:06d}", built_at=NIGHT + timedelta(days=n)) for n in range(1, 121)]
    removed = {night.version for night in nights} - kept_versions(nights[::-1], 30)
    # made on 2 February to 1 June; v000027 on 28 February, v000058 on 31 March, v000088 on 30 April
    assert removed == {f"v{n:06d}" for n in range(1, 91)} - {"v000027", "v000058", "v000088"}


def test_files_go_when_the_next_is_published_and_records_stay(
    store: Store, publish_on: Callable[..., None]
) -> None:
    publish_on("02-01", "02-27", "03-01", "03-02")
    assert files(store) == ["v000001", "v000002", "v000003", "v000004"]
    keep(store.root, 1)
    publish_on("03-03")
    assert files(store) == ["v000002", "v000005"]
    assert [manifest.version for manifest in versions(store)] == [f"v{n:06d}" for n in range(5, 0, -1)]
    assert difference(store, "v000001", "v000005").height == 0
    assert retire_versions(store, now=LATER) == []


def test_the_published_version_is_kept_however_old(store: Store, publish_on: Callable[..., None]) -> None:
    publish_on("02-01", "02-02", "02-03")
    rollback(store, "v000001", now=NIGHT)
    keep(store.root, 1)
    assert retire_versions(store, now=LATER) == ["v000002"]
    assert current(store) == versions(store)[-1]


def test_going_back_to_a_removed_version_is_refused_with_the_day(
    store: Store, publish_on: Callable[..., None]
) -> None:
    publish_on("02-01", "02-02")
    keep(store.root, 1)
    retire_versions(store, now=LATER)
    with pytest.raises(
        UnknownVersion, match="版本 v000001 的文件已于 2023-08-20 按保留设置移除；可退回的有：v000002"
    ):
        rollback(store, "v000001", now=LATER)
    assert json.loads(store.retired.read_text("utf-8")) == {"at": LATER.isoformat(), "version": "v000001"}


def test_a_file_that_nothing_removed_is_lost(store: Store, publish_on: Callable[..., None]) -> None:
    publish_on("02-01", "02-02", "02-03")
    keep(store.root, 2)
    retire_versions(store, now=LATER)
    store.file("v000002").unlink()
    assert lost_versions(store) == ["v000002"]
    store.retired.write_text("{damaged\n", "utf-8")
    assert lost_versions(store) == ["v000002", "v000001"]
