"""A group may read the published file, where the operator says so, and nothing else of a home."""

import grp
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas.files.toml_file import SettingsRefused
from sources.home.folders import Home
from tests.warehouse.build.conftest import copy_of
from tests.warehouse.build.test_publish import NIGHT
from warehouse.build.build import Built
from warehouse.build.publish import publish, recover, rollback
from warehouse.build.readers import ReadersRefused
from warehouse.database.store import Store

OWN_GROUP = grp.getgrgid(os.getgid()).gr_name


@pytest.fixture
def publish_night(store: Store, built_once: dict[str, Built]) -> Callable[[str], None]:
    """Publish one version in a home that has everything a load leaves beside it."""
    Home(store.root).prepare()

    def run(fingerprint: str) -> None:
        publish(store, copy_of(built_once["甲"], store), fingerprint=fingerprint, now=NIGHT)

    return run


def admit(root: Path, readers: str = OWN_GROUP) -> None:
    (root / "operating.toml").write_text(f'readers = "{readers}"\n', "utf-8")


def open_to_group(root: Path) -> set[str]:
    """What the group can read from outside: every folder on the way lets it through."""
    return {path.relative_to(root).as_posix() for path in _reachable(root)}


def _reachable(folder: Path) -> Iterator[Path]:
    if not folder.stat().st_mode & stat.S_IXGRP:
        return
    for path in folder.iterdir():
        if path.is_dir():
            yield from _reachable(path)
        elif path.stat().st_mode & stat.S_IRGRP:
            yield path


def open_to_all(root: Path) -> list[Path]:
    return [
        path for path in (root, root / "warehouse", *root.rglob("*.duckdb")) if path.stat().st_mode & 0o007
    ]


def test_by_default_a_home_is_its_owners(store: Store, publish_night: Callable[[str], None]) -> None:
    publish_night("first")
    assert open_to_group(store.root) == set()
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700


def test_the_group_reads_the_published_file_and_nothing_else(
    store: Store, publish_night: Callable[[str], None]
) -> None:
    admit(store.root)
    for folder in ("archive", "inbox", "history", "pages"):  # as an earlier release left some
        (store.root / folder).mkdir(exist_ok=True)
        (store.root / folder).chmod(0o755)
        (store.root / folder / "open").write_text("", "utf-8")
        (store.root / folder / "open").chmod(0o644)
    (store.root / "alerts.toml").write_text("", "utf-8")
    publish_night("first")
    publish_night("second")
    assert open_to_group(store.root) == {"warehouse/warehouse.duckdb"}
    assert {path.stat().st_gid for path in (store.root, store.current.parent, store.current)} == {os.getgid()}
    assert open_to_all(store.root) == []


def test_an_earlier_version_that_is_published_again_is_read_too(
    store: Store, publish_night: Callable[[str], None]
) -> None:
    publish_night("first")
    publish_night("second")
    admit(store.root)
    rollback(store, "v000001", now=NIGHT)
    assert open_to_group(store.root) == {"warehouse/warehouse.duckdb"}


def test_the_setting_takes_hold_without_a_new_version_and_goes_the_same_way(
    store: Store, publish_night: Callable[[str], None]
) -> None:
    publish_night("first")
    admit(store.root)
    recover(store)
    assert open_to_group(store.root) == {"warehouse/warehouse.duckdb"}
    (store.root / "operating.toml").unlink()
    Home(store.root).prepare()
    recover(store)
    assert open_to_group(store.root) == set()
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.current.stat().st_mode) == 0o400


def test_a_home_that_all_may_read_is_closed_to_them_also_with_readers(store: Store) -> None:
    admit(store.root)
    store.root.chmod(0o755)
    Home(store.root).prepare()
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o710


def test_a_group_that_is_not_there_is_named_with_file_and_line(store: Store) -> None:
    admit(store.root, readers="no-such-group")
    with pytest.raises(
        SettingsRefused,
        match=r"运行设置 operating.toml 有误：第 1 行 readers：没有用户组 no-such-group；请先执行 groupadd",
    ):
        Home(store.root).prepare()


def test_a_group_that_the_owner_is_not_in_is_refused_with_the_remedy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = next(group.gr_name for group in grp.getgrall() if group.gr_gid != os.getgid())

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    admit(store.root, readers=other)
    with pytest.raises(ReadersRefused, match=f"usermod -aG {other}"):
        recover(store)
