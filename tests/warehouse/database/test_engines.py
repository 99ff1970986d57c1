"""The choice of an engine, and the addresses of servers."""

from pathlib import Path

import pytest

from warehouse.database.engine import DuckDB
from warehouse.database.engines import EngineNotInstalled, open_engine, show_published
from warehouse.database.spark.address import WrongAddress, read_address

SHARED = "hive2://warehouse:a%40b@spark.example:10009/county?here=/srv/home&there=hdfs://lake/140214"


def test_without_an_address_duckdb_builds_in_this_process(tmp_path: Path) -> None:
    with open_engine(None, tmp_path / "built.duckdb", tmp_path, memory_limit="200MB") as engine:
        assert isinstance(engine, DuckDB)
        assert engine.run_name is None
    assert show_published(None, tmp_path / "built.duckdb")


def test_without_the_client_an_address_is_refused_and_the_remedy_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.database.engines.find_spec", lambda name: None)
    with pytest.raises(EngineNotInstalled, match="requirements-spark"):
        open_engine("hive2://127.0.0.1", tmp_path / "built.duckdb", tmp_path, memory_limit="200MB")


def test_an_address_says_where_who_and_the_two_names_of_the_folder() -> None:
    address = read_address(SHARED)
    assert (address.host, address.port, address.user, address.password, address.database) == (
        "spark.example", 10009, "warehouse", "a@b", "county",
    )  # fmt: skip
    assert address.name_there(Path("/srv/home/staging/a.parquet")) == "hdfs://lake/140214/staging/a.parquet"


def test_without_two_names_a_file_is_called_the_same_on_both_sides() -> None:
    address = read_address("hive2://127.0.0.1")
    assert (address.port, address.database) == (10000, "default")
    assert address.name_there(Path("/srv/a.parquet")) == "/srv/a.parquet"


def test_a_file_outside_the_shared_folder_has_no_name_there() -> None:
    with pytest.raises(WrongAddress, match="here"):
        read_address(SHARED).name_there(Path("/srv/other/a.parquet"))


@pytest.mark.parametrize(
    ("files", "pattern"),
    [
        (["/srv/a/x.parquet"], "/srv/a/{x.parquet}"),
        (["/srv/a/x.parquet", "/srv/b/c=1/y.parquet"], "/srv/{a/x.parquet,b/c=1/y.parquet}"),
        (["/srv/a/x,1.parquet", "/srv/a/[y].parquet"], r"/srv/a/{x\,1.parquet,\[y\].parquet}"),
    ],
)
def test_files_are_named_by_one_pattern(files: list[str], pattern: str) -> None:
    assert read_address("hive2://127.0.0.1").pattern_there([Path(file) for file in files]) == pattern


@pytest.mark.parametrize(
    "text", ["jdbc:hive2://a", "hive2:///county", "hive2://a:port/b", "hive2://a/b?here=/srv", "duckdb"]
)
def test_an_address_of_another_form_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(WrongAddress, match="XIANGCANG_ENGINE"):
        read_address(text)
