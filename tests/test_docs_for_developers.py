"""What is written for those who change the program holds: rooms, files, names, links, commands, version."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipelines.cli import main
from sources.home.folders import Home
from tests import ROOT
from tests.test_repository import FILES, relative
from warehouse.database.store import Store

PACKAGES = ("schemas", "sources", "warehouse", "pipelines", "sample", "benchmarks")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
RECORDS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
FOR_DEVELOPERS = [ROOT / "docs/architecture.md", ROOT / "CONTRIBUTING.md", *RECORDS]

ROOM = re.compile(r"^\| `(?P<room>[a-z]+/[a-z]+)` \|.*\|(?P<imports>[^|]*)\|$", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")


def folders() -> set[str]:
    """Every folder of the packages that holds something, by its path."""
    return {
        parent.as_posix()
        for path in FILES
        for parent in path.relative_to(ROOT).parents
        if parent.parts and parent.parts[0] in PACKAGES
    }


def paths_named(text: str) -> list[str]:
    """The files and folders of the packages that a text names, but for those that stand for any."""
    return [
        span.rstrip("/")
        for span in SPAN.findall(text)
        if span.split("/")[0] in (*PACKAGES, "docs", "tests") and not re.search(r"[<* ]", span)
    ]


@pytest.mark.parametrize("document", FOR_DEVELOPERS, ids=relative)
def test_every_file_and_folder_that_is_named_exists(document: Path) -> None:
    named = paths_named(document.read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_architecture_names_every_folder_of_the_packages() -> None:
    assert folders() - set(paths_named(ARCHITECTURE)) - {*PACKAGES} == set()


def test_every_room_has_its_line_in_a_table() -> None:
    described = {match["room"] for match in ROOM.finditer(ARCHITECTURE)}
    assert described == {
        folder
        for folder in folders()
        if folder.count("/") == 1 and folder.split("/")[0] not in ("sample", "benchmarks")
    }


def imported_rooms(package: str, room: str) -> Iterator[str]:
    """The rooms of a package that a room of it imports; `top` for modules that lie beside the rooms."""
    for path in (ROOT / package / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = []
            if isinstance(node, ast.ImportFrom):
                modules = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            for module in modules:
                first, _, rest = module.partition(".")
                if first == package and rest:
                    name = rest.split(".")[0]
                    yield name if (ROOT / package / name).is_dir() else "top"


@pytest.mark.parametrize("line", list(ROOM.finditer(ARCHITECTURE)), ids=lambda line: line["room"])
def test_a_room_imports_what_the_architecture_allows(line: re.Match[str]) -> None:
    package, room = line["room"].split("/")
    assert set(imported_rooms(package, room)) - {room} <= set(SPAN.findall(line["imports"]))


def test_a_room_knows_none_that_is_below_it() -> None:
    above: dict[str, set[str]] = {}
    for line in ROOM.finditer(ARCHITECTURE):
        package, room = line["room"].split("/")
        known = above.setdefault(package, {"top"})
        assert set(SPAN.findall(line["imports"])) <= known, room
        known.add(room)


def test_the_state_on_disk_is_described(tmp_path: Path) -> None:
    Home(tmp_path).prepare()
    Store(tmp_path).prepare()
    described = set(
        re.findall(r"`([a-z]+)/`", ARCHITECTURE.split("## State on disk")[1].split("## Rooms")[0])
    )
    assert {path.name for path in tmp_path.iterdir()} - described == set()


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    lines = re.findall(r"^\| \[([^\]]+)\]\(([^)]+)\) \|", index, re.MULTILINE)
    assert lines == [
        (path.read_text("utf-8").splitlines()[0].removeprefix("# "), path.name) for path in RECORDS
    ]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_keeps_what_was_rejected(record: Path) -> None:
    lines = record.read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings[0].startswith(f"# {record.name[:4]}. ")
    assert headings[1:] == [
        "## Context", "## Decision", "## Rejected", "## Consequences", "## In the code",
    ]  # fmt: skip
    assert len(lines) <= 45


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_the_names_of_a_decision_stand_in_the_code(record: Path) -> None:
    code = record.read_text("utf-8").split("## In the code\n")[1].strip().splitlines()
    for line in code:
        path, *names = SPAN.findall(line)
        text = (ROOT / path).read_text("utf-8")
        assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", text)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_lead_to_files_and_headings_of_the_repository(document: Path) -> None:
    broken = []
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", document.read_text("utf-8")):
        path, _, heading = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (heading and heading not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(document: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def phony_targets() -> set[str]:
    return set(" ".join(re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)).split())


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make (\S+) +\S", shown, re.MULTILINE)) == phony_targets()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_every_target(name: str) -> None:
    readme = (ROOT / name).read_text("utf-8")
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", readme, re.MULTILINE)) == phony_targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_targets_that_are_named_exist(document: Path) -> None:
    named = set(re.findall(r"`make ([a-z-]+)`", document.read_text("utf-8")))
    assert named - phony_targets() == set()


def test_commands_for_contributors_are_make_targets_that_exist() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert commands
    for command in commands:
        program, target = command.split()
        assert program == "make"
        subprocess.run(["make", "-n", target], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def test_no_record_and_no_changelog_asks_for_a_command() -> None:
    assert [path.name for path in [*RECORDS, ROOT / "CHANGELOG.md"] if "```" in path.read_text("utf-8")] == []


def test_the_version_is_the_projects(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"xiangcang {VERSION}\n"


def test_the_version_is_printed_without_dagster() -> None:
    code = (
        "import contextlib, sys, pipelines.cli\n"
        "with contextlib.suppress(SystemExit): pipelines.cli.main(['--version'])\n"
        "sys.exit('dagster' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True).returncode == 0


def test_the_changelog_has_the_version() -> None:
    versions = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", CHANGELOG, re.MULTILINE)
    assert versions[0] == ("Unreleased", "")
    assert VERSION in dict(versions[1:])
    assert all(day for _, day in versions[1:])


def test_hooks_run_what_make_lint_runs() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe is not None
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == [
        line.replace("\t@$(BIN)", ".venv/bin") for line in recipe[1].splitlines()
    ]
