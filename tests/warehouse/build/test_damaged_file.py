"""Files of versions that are not what was published: they are named, made again, and not gone back to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.warehouse.build.conftest import copy_of
from warehouse.build.build import Built
from warehouse.build.publish import UnknownVersion, current, is_whole, publish, rollback
from warehouse.database.engine import DamagedFile, connect_to_published
from warehouse.database.store import Store, VersionManifest

Publish = Callable[[str], VersionManifest]

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def published(store: Store, built_once: dict[str, Built]) -> Publish:
    """Publish the build of a name one night after the other."""
    nights: list[str] = []

    def run(name: str) -> VersionManifest:
        nights.append(name)
        now = NIGHT + timedelta(days=len(nights))
        return publish(store, copy_of(built_once[name], store), fingerprint=str(len(nights)), now=now)

    return run


def spoil(file: Path) -> None:
    """Flip a bit in the middle of a file, in place."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o600)
    with file.open("r+b") as opened:
        opened.write(data)


def test_a_published_file_with_a_bit_flipped_is_not_whole(
    store: Store, published: Publish, caplog: pytest.LogCaptureFixture
) -> None:
    published("甲")
    assert is_whole(store)
    spoil(store.current)
    assert not is_whole(store)
    assert "warehouse.duckdb（v000001）损坏，不是发布时的内容" in caplog.text


def test_a_copied_one_that_cannot_be_opened_is_not_whole(store: Store, published: Publish) -> None:
    published("甲")
    store.file("v000001").unlink()
    store.current.chmod(0o600)
    store.current.write_bytes(b"damaged" * 3000)
    assert not is_whole(store)
    assert current(store) is None


def test_one_of_an_earlier_release_is_held_against_what_its_tables_were_built_to_hold(
    store: Store, published: Publish
) -> None:
    manifest = replace(published("甲"), file_sha256="")
    (store.record("v000001") / "manifest.json").write_text(manifest.to_json(), "utf-8")
    assert is_whole(store)
    store.current.chmod(0o600)
    with duckdb.connect(str(store.current)) as connection:
        connection.execute("update dim_reporter set reporter_name = '丙'")
    assert not is_whole(store)


def test_a_damaged_version_is_not_gone_back_to(store: Store, published: Publish) -> None:
    published("甲")
    published("乙")
    spoil(store.file("v000001"))
    with pytest.raises(UnknownVersion, match="v000001 的文件损坏，不能退回到它"):
        rollback(store, "v000001", now=NIGHT)
    manifest = current(store)
    assert manifest is not None
    assert manifest.version == "v000002"


def test_a_file_that_cannot_be_opened_is_named_with_what_to_do(store: Store, published: Publish) -> None:
    published("甲")
    store.current.chmod(0o600)
    with store.current.open("r+b") as opened:
        opened.write(b"damaged" * 3000)
    with pytest.raises(DamagedFile, match=r"warehouse\.duckdb 损坏，打不开；请执行 xiangcang verify"):
        connect_to_published(store.current)
