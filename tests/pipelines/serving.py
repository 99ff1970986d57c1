"""`xiangcang ui` as a process, for as long as a test needs it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

XIANGCANG = Path(sys.executable).with_name("xiangcang")
STARTS_SECONDS = 300
ANSWERS_SECONDS = 300


@contextmanager
def served(
    home: Path, *options: str, program: Path = XIANGCANG
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a home's UI, once it answers; it is interrupted at the end. options: of `xiangcang ui`."""
    port = _free_port()
    ui = subprocess.Popen(
        [program, "ui", "--port", str(port), *options],
        env=os.environ | {"XIANGCANG_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await_answer(address, ui)
        yield address, ui
    finally:
        ui.send_signal(signal.SIGINT)
        ui.wait(STARTS_SECONDS)


def query_graphql(address: str, query: str) -> dict[str, Any]:
    """The data that GraphQL answers."""
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(f"{address}/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=ANSWERS_SECONDS) as response:
        data: dict[str, Any] = json.load(response)["data"]
        return data


def _free_port() -> int:
    """A free port before another free one, which the pages take."""
    while True:
        with socket.socket() as ui_socket, socket.socket() as pages_socket:
            ui_socket.bind(("127.0.0.1", 0))
            port = int(ui_socket.getsockname()[1])
            try:
                pages_socket.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _await_answer(address: str, ui: subprocess.Popen[str]) -> None:
    give_up_at = time.monotonic() + STARTS_SECONDS
    while True:
        try:
            query_graphql(address, "{ version }")
            return
        except (URLError, ConnectionError):
            assert ui.poll() is None, "the UI ended"
            assert time.monotonic() < give_up_at, "the UI does not answer"
            time.sleep(0.3)
