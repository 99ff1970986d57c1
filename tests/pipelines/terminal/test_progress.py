"""Progress of a load on the terminal and in a log."""

import io
import logging
import os
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.state.progress import of
from pipelines.terminal import progress
from pipelines.terminal.headlines import Headline
from pipelines.terminal.next_steps import list_next_steps
from pipelines.terminal.rejected import group_rejected
from sources.home.folders import Home
from sources.home.receipts import read_receipts

LOG = logging.getLogger("xiangcang")


def test_a_terminal_shows_a_bar_for_each_step_and_no_line_for_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "Console", lambda **_: Console(file=screen, width=80))

    with progress.show_progress():
        LOG.info("收件 3 个文件", extra=of(3))
        for name in ("甲", "乙"):
            LOG.debug(f"接收 {name}")
        LOG.info("发布 版本 v000001")

    shown = screen.getvalue()
    assert "发布 版本 v000001" in shown
    assert "2/2" in shown  # what is left of a step is not waited for
    assert "接收 乙" not in shown


def test_rejected_deliveries_of_a_home_are_grouped_by_rule(sample_home: Path) -> None:
    groups = group_rejected(Home(sample_home), read_receipts(Home(sample_home)))

    assert sum(group.files for group in groups) == 45
    assert [group.files for group in groups[:2]] == [9, 9]
    by_message = {group.message: group.cell for group in groups}
    assert by_message["“销售收入”读不出规定的值；请改为数字（现为“约三百多”）"] == "Sheet1!H7"


def test_what_to_open_next_is_there_and_commands_name_the_home(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_home.parent)
    headline = Headline("some_figure", "某数", "2022", None, "元", "final")
    steps = [what for _, what in list_next_steps(Home(sample_home), [headline])]

    name = sample_home.name
    assert steps[:2] == [f"{name}/pages/公报2022.html", f"{name}/pages/质量.html"]
    assert all(Path(step).exists() for step in steps[:3])
    assert steps[3] == f"export XIANGCANG_HOME={name}"
    assert steps[4].endswith("xiangcang trace some_figure -p 2022")


def test_the_answer_to_open_is_the_last_that_was_written(tmp_path: Path) -> None:
    for folder, written_at in [("云冈镇", 100), ("口泉乡", 300), ("高山镇", 200)]:
        copy = tmp_path / "outbox" / folder / "退回_表.0123456789ab.退回标注.xlsx"
        copy.parent.mkdir(parents=True)
        copy.touch()
        os.utime(copy, (written_at, written_at))

    steps = dict(list_next_steps(Home(tmp_path), []))
    assert steps["退回的副本"].endswith("/口泉乡/")
