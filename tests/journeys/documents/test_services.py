"""The services as they are installed: units that start commands there are, and a proxy that asks who comes."""

import base64
import json
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from pipelines.cli import parser
from pipelines.schedules import nightly_schedule
from pipelines.state.addresses import PAGES_PORT_OFFSET
from sources.home.folders import Home
from tests import ROOT
from tests.pipelines.serving import STARTS_SECONDS, served

DOCS = ROOT / "docs"
UNITS = sorted((DOCS / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
PROXY = (DOCS / "nginx/xiangcang.conf").read_text("utf-8")
INSTALLED = "/srv/xiangcang"
STATE = "/var/lib/xiangcang"
GRAPHQL = Subprotocol("graphql-ws")

of_each_service = pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)


def settings_of(unit: Path) -> dict[str, str]:
    """The settings of a unit; no name is given twice."""
    lines = re.findall(r"^([A-Za-z]+)=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    assert len(dict(lines)) == len(lines)
    return dict(lines)


def command(unit: Path) -> list[str]:
    program, *arguments = shlex.split(settings_of(unit)["ExecStart"])
    assert program == f"{INSTALLED}/.venv/bin/xiangcang"
    return arguments


def test_there_is_a_unit_for_each_way_of_running() -> None:
    commands = {unit.stem: command(unit) for unit in SERVICES}

    assert commands == {
        "xiangcang": ["ui", "--port", "3000"],
        "xiangcang-load": ["load"],
        "xiangcang-operator": ["ui", "--operator", "--no-daemon", "--port", "3010"],
        "xiangcang-overdue": ["overdue"],
    }
    assert {unit.stem for unit in UNITS if unit.suffix == ".timer"} == {"xiangcang-load", "xiangcang-overdue"}


@of_each_service
def test_a_unit_starts_a_command_that_there_is(unit: Path) -> None:
    arguments = parser().parse_args(command(unit))

    assert Path(sys.executable).with_name("xiangcang").exists()
    assert arguments.command == command(unit)[0]


@of_each_service
def test_a_service_may_write_its_home_and_nothing_else(unit: Path) -> None:
    settings = settings_of(unit)

    assert settings["Environment"] == f"XIANGCANG_HOME={STATE}"
    assert settings["ReadWritePaths"] == STATE
    assert settings["ProtectSystem"] == "strict"
    assert settings["NoNewPrivileges"] == settings["ProtectHome"] == settings["PrivateTmp"] == "yes"
    assert settings["User"] == "xiangcang"
    assert settings["UMask"] == "0077"


def test_the_timer_and_the_daemon_load_at_the_same_time_and_never_both() -> None:
    timer = settings_of(DOCS / "systemd/xiangcang-load.timer")
    every_night = nightly_schedule(Home(Path("home")))
    assert isinstance(every_night.cron_schedule, str)
    minute, hour, *_ = every_night.cron_schedule.split()

    assert timer["OnCalendar"] == f"*-*-* {hour:0>2}:{minute}:00 {every_night.execution_timezone}"
    assert timer["Conflicts"] == "xiangcang.service"


@pytest.mark.systemd
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8").replace(f"{INSTALLED}/.venv", sys.prefix)
        (tmp_path / unit.name).write_text(text.replace(INSTALLED, str(tmp_path)), "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *tmp_path.iterdir()], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_proxy_leads_to_the_ports_that_the_services_listen_on() -> None:
    ports = [
        int(settings_of(unit)["ExecStart"].rsplit(" ", 1)[1])
        for unit in SERVICES
        if "--port" in command(unit)
    ]

    proxied = {int(port) for port in re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+);", PROXY)}
    assert proxied == {*ports, 3000 + PAGES_PORT_OFFSET}


def test_every_server_of_the_proxy_has_a_login_and_tls() -> None:
    servers = re.findall(r"^server \{\n(.*?)^\}", PROXY, re.MULTILINE | re.DOTALL)

    assert len(servers) == PROXY.count("listen ") == 3
    for server in servers:
        assert re.search(r"listen \d+ ssl;", server)
        assert re.search(r"auth_basic_user_file /etc/nginx/xiangcang-\w+\.htpasswd;", server)


@pytest.mark.nginx
def test_the_proxy_asks_who_comes_and_lets_the_live_view_through(tmp_path: Path) -> None:
    with served(tmp_path / "home", "--no-daemon") as (ui, _), proxied(tmp_path, ui) as port:
        address = f"http://127.0.0.1:{port}/server_info"
        with pytest.raises(HTTPError, match="401"):
            urllib.request.urlopen(address, timeout=STARTS_SECONDS)
        with pytest.raises(HTTPError, match="401"):
            urllib.request.urlopen(
                urllib.request.Request(address, headers=login("wrong")), timeout=STARTS_SECONDS
            )
        asked = urllib.request.Request(address, headers=login("right"))
        with urllib.request.urlopen(asked, timeout=STARTS_SECONDS) as answer:
            assert "dagster_version" in json.loads(answer.read())

        live = f"ws://127.0.0.1:{port}/graphql"
        with pytest.raises(InvalidStatus, match="401"):
            connect(live, subprotocols=[GRAPHQL])
        with connect(live, subprotocols=[GRAPHQL], additional_headers=login("right")) as socket_:
            socket_.send(json.dumps({"type": "connection_init"}))
            assert json.loads(socket_.recv(timeout=STARTS_SECONDS)) == {"type": "connection_ack"}


def login(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"analyst:{password}".encode()).decode()}


@contextmanager
def proxied(folder: Path, ui: str) -> Iterator[int]:
    """The port of an nginx with our file, before this UI: without TLS, and with a password file of its own."""
    ports = [free_port() for _ in range(3)]
    text = re.sub(r"^ssl_.*\n", "", PROXY, flags=re.MULTILINE).replace(" ssl;", ";")
    for listed, port in zip(("8443", "8444", "8445"), ports, strict=True):
        text = text.replace(f"listen {listed}", f"listen 127.0.0.1:{port}")
    text = text.replace("http://127.0.0.1:3000", ui).replace("/etc/nginx", str(folder))
    for who in ("stewards", "analysts"):
        (folder / f"xiangcang-{who}.htpasswd").write_text("analyst:{PLAIN}right\n")
    (folder / "xiangcang.conf").write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(
        f"daemon off; user {user()}; pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {folder}/xiangcang.conf; }}\n"
    )
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
    try:
        await_answer(ports[1], nginx)
        yield ports[1]
    finally:
        nginx.terminate()
        nginx.wait(STARTS_SECONDS)


def user() -> str:
    """Of this process, so that the workers may read the password files."""
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def await_answer(port: int, nginx: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + STARTS_SECONDS
    while time.monotonic() < give_up_at and nginx.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=STARTS_SECONDS)
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("nginx does not answer")
