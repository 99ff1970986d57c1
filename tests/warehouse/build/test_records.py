"""Records of versions that are damaged: set aside, made again of the version's file, and never a reason to stop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from polars.testing import assert_frame_equal

from schemas.check_result import CheckResult
from tests.warehouse.build.conftest import copy_of
from warehouse.build.build import Built
from warehouse.build.publish import current, latest, publish, recover, versions
from warehouse.build.records import DIGESTS, damaged_records
from warehouse.checks.frames import CHECKS, FINDINGS, read_checks
from warehouse.database.store import Store
from warehouse.figures.history import FIGURES, published_figures

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
Damage = Callable[[Path], object]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20])


def _name(check: CheckResult) -> tuple[str, str]:
    return check.table, check.name


@pytest.fixture
def two_versions(store: Store, built_once: dict[str, Built]) -> Store:
    for night, name in enumerate(("甲", "乙")):
        publish(
            store,
            copy_of(built_once[name], store),
            fingerprint=f"f{night}",
            now=NIGHT + timedelta(days=night),
        )
    return store


@pytest.mark.parametrize("damage", [cut, lambda path: path.write_bytes(b"\x00" * 500), Path.unlink])
@pytest.mark.parametrize("name", ["manifest.json", CHECKS, FINDINGS, FIGURES, DIGESTS])
def test_a_damaged_record_is_made_again_of_its_file(two_versions: Store, name: str, damage: Damage) -> None:
    store, before = two_versions, versions(two_versions)
    figures, checks = published_figures(store, "v000002"), read_checks(store.record("v000002"))
    damage(store.record("v000002") / name)

    assert list(damaged_records(store)) == [store.record("v000002")]
    recover(store)

    assert list(damaged_records(store)) == []
    assert versions(store) == [replace(before[0], fingerprint="", file_sha256=""), before[1]]
    assert current(store) == latest(store) == versions(store)[0]
    assert_frame_equal(published_figures(store, "v000002"), figures)
    assert checks
    assert sorted(read_checks(store.record("v000002")), key=_name) == sorted(checks, key=_name)
    assert (store.history / "damaged" / "v000002").exists()


def test_one_whose_file_is_not_kept_is_set_aside_and_its_number_not_given_again(
    two_versions: Store, built_once: dict[str, Built]
) -> None:
    store = two_versions
    for version in ("v000001", "v000002"):
        cut(store.record(version) / "manifest.json")
        store.file(version).unlink()

    recover(store)

    assert versions(store) == []
    published = publish(
        store, copy_of(built_once["甲"], store), fingerprint="f", now=NIGHT + timedelta(days=2)
    )
    assert published.version == "v000003"


def test_a_kill_between_setting_aside_and_making_again_does_no_harm(two_versions: Store) -> None:
    store, before = two_versions, versions(two_versions)
    (store.history / "damaged").mkdir()
    store.record("v000001").rename(store.history / "damaged" / "v000001")

    recover(store)

    assert store.file("v000001").exists()
    assert versions(store) == [before[0], replace(before[1], fingerprint="", file_sha256="")]
