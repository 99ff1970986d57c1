"""A file of the steward that is wrong: `check` and `load` say so in one sentence, and nothing is received."""

import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.district import COUNTY

CORRECTION = '[[correction]]\nid = "一"\ntabel = "grid"\n'


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the inbox of a home with a correction that is wrong."""
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    shutil.copytree(COUNTY, tmp_path / "county")
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "更正.toml").write_text(CORRECTION, "utf-8")
    file = tmp_path / "inbox" / "云冈镇" / "网格.csv"
    file.parent.mkdir(parents=True)
    file.write_text("网格划分台账\n", "utf-8")
    return file


@pytest.mark.parametrize("command", ["check --reporter yungang", "load --settle 0"])
def test_a_wrong_correction_is_named_and_nothing_received(
    command: str, dropped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = command.split()
    code = main([name, *options, *([str(dropped)] if name == "check" else [])])

    (sentence,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("xiangcang: ")]
    assert code == 1
    assert sentence.startswith("xiangcang: 更正 更正.toml 有误：")
    assert "第 3 行 correction 第 1 条 tabel：没有这一项，是否应为 table；可以写：id、table" in sentence
    assert dropped.exists()
