"""The program as it is installed: from its wheel, without the repository, used from any folder."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests import ROOT
from tests.pipelines.serving import query_graphql, served
from tests.test_repository import FILES, relative

PACKAGES = ("pipelines", "sample", "schemas", "sources", "warehouse")
LOCATIONS = "{ workspaceOrError { ... on Workspace { locationEntries { name loadStatus } } } }"


def packaged() -> list[Path]:
    return [path for path in FILES if path.relative_to(ROOT).parts[0] in PACKAGES]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make wheel` does, of a copy: what was built before lies beside no source."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in (*packaged(), ROOT / "pyproject.toml", ROOT / "README.md", ROOT / "LICENSE"):
        (source / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, source / path.relative_to(ROOT))
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source))
    (wheel,) = out.glob("xiangcang-*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment with the wheel, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("srv") / ".venv"
    venv.create(folder, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    python = folder / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", "--no-index", "--no-compile", str(wheel))
    for program in ("dagster-webserver", "dagster-daemon"):
        text = Path(sys.executable).with_name(program).read_text("utf-8").split("\n", 1)[1]
        (python.parent / program).write_text(f"#!{python}\n{text}", "utf-8")
        (python.parent / program).chmod(0o755)
    return python.parent


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments], check=True)


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == {relative(path) for path in packaged()}


@dataclass(frozen=True)
class Installed:
    """The command of an environment, run in a folder that has nothing to do with it or the home."""

    program: Path
    home: Path
    elsewhere: Path

    def __call__(self, *arguments: str) -> str:
        ended = subprocess.run(
            [self.program, *arguments], cwd=self.elsewhere, env=os.environ | {"XIANGCANG_HOME": str(self.home)},
            capture_output=True, text=True,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


@pytest.fixture
def xiangcang(installed: Path, tmp_path: Path) -> Installed:
    (tmp_path / "elsewhere").mkdir()
    return Installed(installed / "xiangcang", tmp_path / "home", tmp_path / "elsewhere")


def test_commands_work_from_any_folder(xiangcang: Installed, small_home: Path) -> None:
    subprocess.run(["cp", "-a", small_home, xiangcang.home], check=True)
    assert xiangcang("--version").startswith("xiangcang ")
    assert (
        xiangcang("sql", "--csv", "select count(*) as n from dim_division where level = 'county'") == "n\n1\n"
    )
    assert "都与写入时相同" in xiangcang("verify")
    xiangcang("templates", "blank")
    assert len(list((xiangcang.elsewhere / "blank").rglob("*.xlsx"))) > 100


def test_a_load_finds_what_the_repository_has_built_unchanged(xiangcang: Installed, small_home: Path) -> None:
    """Rules and code are hashed alike, wherever they lie: nothing is read or built again."""
    subprocess.run(["cp", "-a", small_home, xiangcang.home], check=True)
    (xiangcang.home / "last_good.json").unlink()
    record = json.loads(xiangcang("load", "--json", "--settle", "0"))
    assert (record["state"], record["version"], record["rows"]["candidate"]) == ("unchanged", "v000001", 0)


@pytest.mark.long
def test_a_sample_is_written_and_loaded(xiangcang: Installed) -> None:
    xiangcang("sample", str(xiangcang.home))
    assert json.loads(xiangcang("load", "--json", "--settle", "0"))["state"] == "published"


@pytest.mark.long
def test_the_ui_serves_its_definitions(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample" / "county", tmp_path / "county")
    with served(tmp_path, program=installed / "xiangcang") as (address, _):
        assert query_graphql(address, LOCATIONS) == {
            "workspaceOrError": {"locationEntries": [{"name": "xiangcang", "loadStatus": "LOADED"}]}
        }
