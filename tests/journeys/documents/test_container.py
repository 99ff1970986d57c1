"""The container as far as it can be tried without an engine: paths that exist, commands that parse, one way in."""

import json
import re
import shlex
from typing import Any

import pytest
import yaml

from pipelines.cli import parser
from tests import ROOT
from tests.journeys.documents.test_services import INSTALLED, PROXY, STATE
from tests.test_docs_for_developers import MAKEFILE

FOLDER = ROOT / "docs" / "container"
IMAGE = (FOLDER / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("ui", "operator")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the image, each with what follows it, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", IMAGE, flags=re.MULTILINE).replace("\\\n", " ")
    return [(name, rest.strip()) for name, rest in re.findall(r"^([A-Z]+) (.*)$", text, re.MULTILINE)]


def test_the_image_starts_the_command_where_the_units_have_it() -> None:
    by_name = dict(instructions())
    assert json.loads(by_name["ENTRYPOINT"]) == [f"{INSTALLED}/.venv/bin/xiangcang"]
    assert by_name["ENV"] == f"XIANGCANG_HOME={STATE}"
    assert by_name["USER"] == "xiangcang"
    assert parser().parse_args(json.loads(by_name["CMD"])).command == "ui"


def test_what_the_image_is_made_of_is_what_make_wheelhouse_makes() -> None:
    [install] = [rest for name, rest in instructions() if name == "RUN" and "wheelhouse" in rest]
    taken = set(re.findall(r"/wheelhouse/(\S+)", install))
    made = re.search(r"^wheelhouse:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert made is not None
    assert taken == {"requirements.lock", "xiangcang-*.whl"}
    assert "cp dist/*.whl requirements.lock wheelhouse" in made[1]
    assert all("--no-index" in step for step in install.split("&&") if "pip install" in step)
    assert shlex.split(install)[0] == "--mount=type=bind,source=wheelhouse,target=/wheelhouse"


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_on_its_home_alone(name: str) -> None:
    service = SERVICES[name]
    arguments = parser().parse_args(service["command"])
    assert (arguments.command, arguments.operator) == ("ui", name == "operator")
    assert service["environment"]["XIANGCANG_HOME"] == STATE
    assert [volume.rsplit(":", 1)[1] for volume in service["volumes"]] == [STATE]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]


def test_one_of_them_has_the_daemon() -> None:
    daemons = [name for name in OURS if not parser().parse_args(SERVICES[name]["command"]).no_daemon]
    assert daemons == ["ui"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    published = {port for service in SERVICES.values() for port in service.get("ports", [])}
    assert published == {f"{port}:{port}" for port in re.findall(r"listen (\d+)", PROXY)}
    proxied = {int(port) for port in re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+);", PROXY)}
    ports = {parser().parse_args(SERVICES[name]["command"]).port for name in OURS}
    assert proxied == {*ports, 3001}
    assert {SERVICES[name]["network_mode"] for name in ("operator", "proxy")} == {"service:ui"}


def test_what_the_proxy_reads_is_mounted_where_its_configuration_names_it() -> None:
    mounted = {volume.split(":")[-2] for volume in SERVICES["proxy"]["volumes"]}
    named = set(re.findall(r"/etc/nginx/[\w.-]+", PROXY))
    assert mounted == named | {"/etc/nginx/conf.d/xiangcang.conf"}
    [configuration] = [v.split(":")[0] for v in SERVICES["proxy"]["volumes"] if v.startswith(".")]
    assert (FOLDER / configuration).resolve() == ROOT / "docs/nginx/xiangcang.conf"
