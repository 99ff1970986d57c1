"""The Dagster UI and daemon of one home, until interrupted."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from pipelines.pages.home import renew_home_page
from pipelines.pages.quality import write_quality_page
from pipelines.state.addresses import PAGES_PORT_OFFSET, QUALITY_PAGE, pages_folder, served_on
from pipelines.state.instance import dagster_home, run_history
from pipelines.state.lock import holder
from sources.county.references import hash_of_county
from sources.home.folders import Home

WORKSPACE = Path(__file__).with_name("workspace.yaml")
_STOP_SECONDS = 20
_PR_SET_PDEATHSIG = 1  # of linux/prctl.h
_LOOKS_A_CHANGE = 15
"""Every so many looks at the processes, three seconds, the county's folder is looked at too."""


def serve(root: Path, *, port: int, is_operator: bool, has_daemon: bool) -> int:
    """Run web server, daemon and the server of pages until one of them ends.

    Returns 1 then, 0 where this process is asked to stop.

    is_operator: the web server does what is asked of it; else it refuses every action. has_daemon: schedule and sensors
    run; of the servers of one home, one has it.
    """
    with run_history(root):
        pass  # web server and daemon, starting together on a new home, would both make the databases of its history
    os.environ |= served_on(port, os.environ)
    _follow_the_port(root)
    environment = os.environ | {"XIANGCANG_HOME": str(root), "DAGSTER_HOME": str(dagster_home(root))}
    server = ["-h", "127.0.0.1", "-p", str(port), "--dagster-log-level", "warning"]
    commands = [_command("dagster-webserver", *server, *([] if is_operator else ["--read-only"]))]
    if has_daemon:
        commands.append(_command("dagster-daemon", "run", "--log-level", "warning"))
    pages = pages_folder(root)
    pages.mkdir(parents=True, exist_ok=True, mode=0o700)
    pages_port = port + PAGES_PORT_OFFSET
    commands.append([sys.executable, "-m", "pipelines.pages.server", str(pages_port), str(pages)])
    given = hash_of_county(Home(root).county)

    def has_changed() -> bool:
        """Whether the county's folder is another than the code was loaded with, while no load is running."""
        return hash_of_county(Home(root).county) != given and not holder(root)

    may = "可启动运行、作决定" if is_operator else "只看；启动运行、作决定用 xiangcang ui --operator"
    print(
        f"乡仓 http://127.0.0.1:{port}（{may}），公报 http://127.0.0.1:{pages_port}（Ctrl+C 结束）",
        file=sys.stderr,
    )
    while (code := _run_together(commands, environment, has_changed)) is None:
        print("区县资料有改动，重新载入", file=sys.stderr)
        given = hash_of_county(Home(root).county)
    return code


def _follow_the_port(root: Path) -> None:
    """Write anew the pages whose links lead to the UI; a home where nothing ever ran has none."""
    if (pages_folder(root) / QUALITY_PAGE).exists():
        write_quality_page(root)
    renew_home_page(root)


def _command(program: str, *arguments: str) -> list[str]:
    return [
        str(Path(sys.executable).with_name(program)),
        *arguments,
        *("--code-server-log-level", "warning", "-w", str(WORKSPACE)),
    ]


def _run_together(
    commands: list[list[str]], environment: Mapping[str, str], has_changed: Callable[[], bool]
) -> int | None:
    """Run commands until one ends (1), this process is asked to stop (0), or something has changed (None)."""
    stopping = False

    def stop(_signal_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    # Sessions of their own: an interrupt from the terminal comes to them once, from here.
    running = [
        subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=_end_with_parent)
        for command in commands
    ]
    looks = 0
    is_changed = False
    while not stopping and not is_changed and all(process.poll() is None for process in running):
        time.sleep(0.2)
        looks += 1
        is_changed = looks % _LOOKS_A_CHANGE == 0 and has_changed()
    for process in running:
        process.send_signal(signal.SIGINT)
    for process in running:
        _await_end(process)
    return 0 if stopping else None if is_changed else 1


def _end_with_parent() -> None:
    """Ask the system to end this process when the one that started it dies, however that dies."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _await_end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
