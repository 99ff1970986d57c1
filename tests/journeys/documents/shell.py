"""A shell whose `xiangcang` runs in this process: what is typed runs as it stands, and nothing is imported twice."""

import json
import shlex
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.journeys.command import run_here

ENDS_WITHIN_SECONDS = 600

CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    connection.sendall(json.dumps([sys.argv[2:], dict(os.environ), os.getcwd()]).encode())
    connection.shutdown(socket.SHUT_WR)
    with connection.makefile("rb") as answer:
        code, out, err = json.load(answer)
sys.stdout.buffer.write(out.encode())
sys.stderr.buffer.write(err.encode())
sys.exit(code)
"""


def run_in_shell(script: str, variables: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of bash in a folder; each `xiangcang` in it runs here, with the shell's environment."""
    with (
        tempfile.TemporaryDirectory() as beside,
        socket.socket(socket.AF_UNIX) as listener,
        ThreadPoolExecutor(1) as thread,
    ):
        client, address = Path(beside, "client.py"), str(Path(beside, "socket"))
        client.write_text(CLIENT, "utf-8")
        listener.bind(address)
        listener.listen()
        command = shlex.join([sys.executable, "-IS", str(client), address])
        shell = thread.submit(
            subprocess.run,
            ["bash", "-c", f'xiangcang() {{ {command} "$@"; }}\n{script}'],
            cwd=folder, env=dict(variables), capture_output=True, text=True, timeout=ENDS_WITHIN_SECONDS,
        )  # fmt: skip
        shell.add_done_callback(lambda _: _hang_up(address))
        while _answer_request(listener):
            pass
        return shell.result()


def _answer_request(listener: socket.socket) -> bool:
    """Run the next command that is asked for; False once the shell has ended."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as asking:
        request = asking.read()
        if not request:
            return False
        arguments, variables, folder = json.loads(request)
        ended = run_here(arguments, variables, Path(folder))
        connection.sendall(json.dumps([ended.code, ended.out, ended.err]).encode())
    return True


def _hang_up(address: str) -> None:
    """Ask for nothing."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
