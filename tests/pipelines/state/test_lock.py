"""One load at a time, also between processes, and what a killed load leaves behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.state.lock import Locked, hold, is_held

HOLD_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from pipelines.state.lock import hold
with hold(Path(sys.argv[1]), "theirs", wait_seconds=0):
    print("held", flush=True)
    time.sleep(600)
"""


def other_process(home: Path) -> subprocess.Popen[str]:
    """A process that holds the home for the run `theirs`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_UNTIL_KILLED, str(home)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_after_the_wait(tmp_path: Path) -> None:
    other = other_process(tmp_path)
    try:
        began = time.monotonic()
        with (
            pytest.raises(Locked, match=f"进程 {other.pid}，运行 theirs.*等了 0.5 秒"),
            hold(tmp_path, "ours", wait_seconds=0.5),
        ):
            pass
        assert time.monotonic() - began >= 0.5
        assert is_held(tmp_path)
    finally:
        end(other)


def test_a_second_process_waits_for_one_that_ends(tmp_path: Path) -> None:
    other = other_process(tmp_path)
    other.kill()
    with hold(tmp_path, "ours", wait_seconds=300):
        assert is_held(tmp_path)
    end(other)


def test_a_killed_run_is_named_to_the_next_and_only_to_it(tmp_path: Path) -> None:
    end(other_process(tmp_path))
    with hold(tmp_path, "ours", wait_seconds=0) as abandoned_run_id:
        assert abandoned_run_id == "theirs"
    with hold(tmp_path, "next", wait_seconds=0) as abandoned_run_id:
        assert abandoned_run_id is None


def test_work_that_is_no_run_leaves_the_killed_run_to_be_found(tmp_path: Path) -> None:
    end(other_process(tmp_path))
    with hold(tmp_path, None, wait_seconds=0) as abandoned_run_id:
        assert abandoned_run_id is None
    with hold(tmp_path, "ours", wait_seconds=0) as abandoned_run_id:
        assert abandoned_run_id == "theirs"


def test_the_same_run_may_hold_it_again(tmp_path: Path) -> None:
    with hold(tmp_path, "ours", wait_seconds=0):
        with hold(tmp_path, "ours", wait_seconds=0) as abandoned_run_id:
            assert abandoned_run_id is None
        assert is_held(tmp_path)
    assert not is_held(tmp_path)


def test_another_run_of_the_same_process_may_not(tmp_path: Path) -> None:
    with (
        hold(tmp_path, "ours", wait_seconds=0),
        pytest.raises(Locked),
        hold(tmp_path, "another", wait_seconds=0),
    ):
        pass


def test_a_home_that_was_never_loaded_is_not_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
