"""`xiangcang backup`, `restore` and `verify`, on a small home that a load has left."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.command import load, query_published, xiangcang


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    subprocess.run(["cp", "-a", small_home, home], check=True)
    return home


def damage(path: Path) -> None:
    """Change a bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def first(folder: Path, pattern: str) -> Path:
    return sorted(path for path in folder.glob(pattern) if path.is_file())[0]


def test_a_restored_home_loads_to_the_same_tables(home: Path, tmp_path: Path) -> None:
    assert "备份写入" in xiangcang(home, "backup", str(tmp_path / "kept"))
    restored = tmp_path / "restored"
    assert "恢复到" in xiangcang(restored, "restore", str(tmp_path / "kept"))
    assert load(restored)["published"] is True
    figures = "select * from mart_figure order by all"
    assert query_published(restored, figures) == query_published(home, figures)
    assert (restored / "keys" / "person.key").read_bytes() == (home / "keys" / "person.key").read_bytes()


def test_a_sound_home_is_said_to_be_so(home: Path) -> None:
    assert "都与写入时相同" in xiangcang(home, "verify")


@pytest.mark.parametrize(
    ("folder", "pattern", "sentence"),
    [
        ("archive", "*", "归档文件 {name}（"),
        ("receipts", "*.r1.json", "回执 {name} 损坏；下次加载移开它，由归档重读"),
        ("archive/arrivals", "*.json", "到达记录 {name} 损坏；下次加载按回执重写"),
        ("staging", "**/*.parquet", "与回执不符；下次加载由归档重读"),
        ("keys", "person.key", "不是散列已有报送的那一把"),
        ("receipts", "person.key.sha256", "{name} 损坏；请从备份恢复 keys/"),
        ("warehouse", "warehouse.duckdb", "已发布的文件 {name} 损坏，不是发布时的内容；下次加载全部重建"),
    ],
)
def test_what_is_damaged_is_named(folder: str, pattern: str, sentence: str, home: Path) -> None:
    path = first(home / folder, pattern)
    if path.suffix == ".json":
        path.chmod(0o600)
        path.write_text("{", "utf-8")
    else:
        damage(path)
    printed = xiangcang(home, "verify", code=1)
    assert sentence.format(name=path.name) in printed
    assert len(printed.splitlines()) == 1


def test_a_division_list_that_is_gone_is_named_and_kept_again_by_the_next_load(home: Path) -> None:
    kept = first(home / "archive" / "lists", "*")
    kept.unlink()
    assert xiangcang(home, "verify", code=1).splitlines() == [
        f"名录 {kept.name} 不在；下次加载由区县资料重存，区县资料已另改的请从备份恢复"
    ]
    load(home)
    assert kept.exists()
    assert "都与写入时相同" in xiangcang(home, "verify")


def test_a_published_table_that_was_changed_is_named(home: Path) -> None:
    import duckdb

    published = home / "warehouse" / "warehouse.duckdb"
    published.chmod(0o600)
    with duckdb.connect(str(published)) as connection:
        connection.execute("update mart_figure set value = value + 1 where period = '2022'")
    assert "已发布的文件 warehouse.duckdb 损坏，不是发布时的内容；下次加载全部重建" in xiangcang(
        home, "verify", code=1
    )


def test_what_is_gone_and_changes_no_figure_is_named_and_is_no_fault(home: Path) -> None:
    receipt = first(home / "receipts", "*.r1.json")
    receipt.rename(receipt.with_name(receipt.name.replace(".r1.", ".r2.")))
    old = home / "history" / "v000000"
    shutil.copytree(home / "history" / "v000001", old)
    assert xiangcang(home, "verify").splitlines()[:2] == [
        f"回执 {receipt.name} 不在（或加载中断，没有写成），现行的数不由它；备份中有的可以恢复",
        "旧版本 v000000 的文件不在，也没有移除的记录，不能再退回去",
    ]


def test_a_damaged_record_of_a_version_is_named_and_hides_nothing_else(home: Path) -> None:
    (home / "history" / "v000001" / "manifest.json").write_text("{", "utf-8")
    damage(first(home / "archive", "*"))
    printed = xiangcang(home, "verify", code=1)
    assert "版本 v000001 的记录损坏；下次加载由该版本的文件重写，没有文件的移开" in printed
    assert "归档文件" in printed
    assert len(printed.splitlines()) == 2


def test_a_backup_takes_no_folder_that_is_there_and_a_restore_no_home_in_use(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "kept").mkdir()
    xiangcang(home, "backup", str(tmp_path / "kept"), code=1)
    shutil.rmtree(tmp_path / "kept")
    xiangcang(home, "backup", str(tmp_path / "kept"))
    xiangcang(home, "restore", str(tmp_path / "kept"), code=1)
    xiangcang(tmp_path / "new", "restore", str(tmp_path), code=1)


def test_a_damaged_backup_says_so_when_it_is_restored(home: Path, tmp_path: Path) -> None:
    xiangcang(home, "backup", str(tmp_path / "kept"))
    damage(first(tmp_path / "kept" / "archive", "*"))
    assert "请从备份恢复" in xiangcang(tmp_path / "new", "restore", str(tmp_path / "kept"), code=1)


def test_a_file_of_the_county_that_is_gone_is_named_where_another_refers_to_it(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "county" / "indicators.toml").unlink()
    (home / "inbox" / "新.txt").write_text("新到的", "utf-8")
    assert xiangcang(home, "load", "--settle", "0", code=1) == ""
    assert "自上一次成功的加载以来有改动：区县资料（indicators.toml）" in caplog.messages
