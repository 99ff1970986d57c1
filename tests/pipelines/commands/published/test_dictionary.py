"""`xiangcang dictionary`: the files it writes, and the forms it names in them."""

from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.pages.published import form_titles
from sources.county.references import read_references
from tests.district import COUNTY


def test_it_writes_both_files_into_a_folder_that_it_makes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dictionary", str(tmp_path / "new" / "folder")]) == 0

    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in written] == ["数据字典.md", "数据字典.html", "surface.txt"]
    for path in written[:2]:
        assert "staged_agri_processing" in path.read_text("utf-8")
        assert "农产品加工企业统计表" in path.read_text("utf-8")


def test_written_again_it_is_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second, second):
        assert main(["dictionary", str(folder)]) == 0
    for name in ("数据字典.md", "数据字典.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["dictionary", str(tmp_path / "taken")]) == 1
    assert "数据字典没有写出" in capsys.readouterr().err


def test_a_form_is_named_once_by_its_first_title() -> None:
    contract = read_references(COUNTY).contracts["agri_processing.quarter"]
    again = contract.model_copy(update={"name": "again"})
    other = contract.model_copy(update={"title": ["另一张表", "别名"]})

    assert form_titles([contract, again, other]) == {"agri_processing": ["农产品加工企业统计表", "另一张表"]}
