"""Two loads at once, and a reader during a load."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.journeys.command import environment, load, query_published, run_here, start
from tests.journeys.townships import village_book

Fill = Callable[[Path], list[Path]]


def test_of_two_loads_at_once_one_waits_or_refuses(tmp_path: Path, small_inbox: Fill) -> None:
    files = small_inbox(tmp_path)

    with start(tmp_path) as other:
        here = run_here(["load", "--json", "--settle", "0"], environment(tmp_path))
        _, error_text = other.communicate()
    endings = [(here.code, here.err), (other.returncode, error_text)]

    assert {code for code, _ in endings} <= {0, 3}
    assert 0 in {code for code, _ in endings}
    assert all("正在" in error_text for code, error_text in endings if code == 3)
    assert query_published(tmp_path, "select count(distinct file_name) as files from dq_delivery") == [
        {"files": len(files)}
    ]


@pytest.mark.long
def test_a_reader_keeps_its_version_and_blocks_nobody(loaded_home: Path) -> None:
    published = loaded_home / "warehouse" / "warehouse.duckdb"
    count = "select count(*) from dq_delivery"
    with duckdb.connect(str(published), read_only=True) as reader:
        before = reader.sql(count).fetchall()
        path = loaded_home / "inbox" / "口泉乡" / "再报.xlsx"
        path.write_bytes(village_book("口泉乡", ["杨家窑村", "上窝寨村"]))

        assert load(loaded_home)["published"] is True

        assert reader.sql(count).fetchall() == before
    assert query_published(loaded_home, f"{count.replace('count(*)', 'count(*) as deliveries')}") == [
        {"deliveries": before[0][0] + 1}
    ]
