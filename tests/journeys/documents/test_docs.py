"""What the documents tell a reader to type is typed here, against a loaded sample district.

A fence says how: `sh` runs as it stands (with make only shown, not done), `sh server` is started and
must answer, `sql` goes through `xiangcang sql`, `python` is run; `toml` is a contract, `toml corrections`,
`toml alerts`, `toml operating`, `toml thresholds` and `csv aliases` are what they say; `text` is to be read.
What stands in a page of both languages is tried once.
"""

import grp
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from pipelines.alerts.channels import read_channels
from schemas.files.operating import OPERATING, Operating, read_operating
from schemas.thresholds import Thresholds
from sources.county.contract import contract_of
from sources.county.lists.aliases import read_aliases
from sources.county.lists.divisions import read_divisions
from sources.county.references import read_references
from tests import ROOT
from tests.district import CATALOGUE, COUNTY
from tests.journeys.command import environment, run_here
from tests.journeys.documents.blocks import DOCUMENTS, Block, blocks_to_try
from tests.journeys.documents.shell import run_in_shell

SERVER_STARTS_SECONDS = 300
SHELL = f'set -euo pipefail; make() {{ command make -n -C "{ROOT}" "$@"; }}\n'
ON_FREE_PORT = 'xiangcang() { command xiangcang "$@" --port "$FREE_PORT"; }\n'


BLOCKS = blocks_to_try()


def of_kind(kind: str) -> pytest.MarkDecorator:
    chosen = [block for block in BLOCKS if block.kind == kind]
    return pytest.mark.parametrize("block", chosen, ids=str)


@pytest.fixture(scope="module")
def workplace(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the repository's after `make run`; the blocks may change what is in it."""
    place = tmp_path_factory.mktemp("reader")
    (place / "data").mkdir()
    # The published file is a hard link to its version's, and cp -a keeps it one.
    subprocess.run(["cp", "-a", sample_home, place / "data/sample"], check=True)
    (place / ".venv").symlink_to(sys.prefix)
    (place / "warehouse").symlink_to(ROOT / "warehouse")
    return place


def reader_environment() -> dict[str, str]:
    """That of a user in the workplace, who has activated its .venv."""
    variables = environment(Path("data/sample"))
    return variables | {"PATH": f"{Path(sys.executable).parent}:{variables['PATH']}"}


def test_every_block_is_of_a_kind_that_is_tried_or_read() -> None:
    known = {
        "sh",
        "sh server",
        "sql",
        "sql when there are any",
        "python",
        "csv aliases",
        "toml",
        "toml alerts",
        "toml corrections",
        "toml operating",
        "toml thresholds",
        "text",
    }
    assert [str(block) for block in BLOCKS if block.kind not in known and " county" not in block.kind] == []


@of_kind("sh")
def test_shell_commands_run(block: Block, workplace: Path) -> None:
    done = run_in_shell(SHELL + block.text, reader_environment(), workplace)
    assert done.returncode == 0, done.stdout + done.stderr


@of_kind("sql")
def test_queries_answer_rows(block: Block, workplace: Path) -> None:
    ended = run_here(["sql", "--json", block.text], reader_environment(), workplace)
    assert ended.code == 0, ended.err
    assert ended.out.strip() != "[]"


@of_kind("sql when there are any")
def test_queries_that_may_have_no_rows_run(block: Block, workplace: Path) -> None:
    ended = run_here(["sql", "--json", block.text], reader_environment(), workplace)
    assert (ended.code, ended.out.strip()) == (0, "[]"), ended.err


@of_kind("python")
def test_python_runs(block: Block, workplace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block.text],
        cwd=workplace, env=reader_environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout


@of_kind("toml")
def test_contracts_are_valid(block: Block) -> None:
    assert contract_of({"name": "shown"} | tomllib.loads(block.text)).columns


@of_kind("toml alerts")
def test_alerts_are_valid(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text(block.text, "utf-8")
    path.chmod(0o600)
    channels = read_channels(tmp_path)
    assert channels is not None
    assert len(channels.urls) == 4


@of_kind("toml operating")
def test_settings_of_a_home_are_valid(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = grp.struct_group(("xiangcang-readers", "x", 990, []))
    monkeypatch.setattr("schemas.files.operating.grp.getgrall", lambda: [readers])
    (tmp_path / OPERATING).write_text(block.text, "utf-8")
    assert read_operating(tmp_path) != Operating()


@of_kind("toml thresholds")
def test_thresholds_are_those_in_force(block: Block) -> None:
    assert Thresholds.model_validate(tomllib.loads(block.text)) == CATALOGUE.thresholds


@of_kind("toml corrections")
def test_corrections_are_valid(block: Block, tmp_path: Path) -> None:
    (tmp_path / "shown.toml").write_text(block.text, "utf-8")
    assert read_references(COUNTY).with_corrections(tmp_path).corrections


@of_kind("csv aliases")
def test_aliases_hold(block: Block, tmp_path: Path) -> None:
    shutil.copy(COUNTY / "divisions" / "division.csv", tmp_path)
    (tmp_path / "aliases.csv").write_text(block.text, "utf-8")
    assert read_aliases(tmp_path, read_divisions(tmp_path)).height


@of_kind("sh server")
def test_servers_answer(block: Block, workplace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["bash", "-c", SHELL + ON_FREE_PORT + block.text],
        cwd=workplace,
        env=reader_environment() | {"FREE_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert answers(f"http://127.0.0.1:{port}/server_info", server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=300)


def answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    give_up = time.monotonic() + SERVER_STARTS_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=SERVER_STARTS_SECONDS) as answer:
                status: int = answer.status
                return status == 200
        except (URLError, ConnectionError):
            time.sleep(0.5)
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_of_the_repository(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
