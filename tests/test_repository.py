"""Guards over the repository itself: its shape, its size, and what must not get into it."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from fnmatch import fnmatch
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests import ROOT

LONGEST_FILE_LINES = 300
WIDEST_FOLDER_MODULES = 17  # an __init__ among them


def tracked_and_new_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked_and_new_files()
PYPROJECT_TEXT = (ROOT / "pyproject.toml").read_text("utf-8")
PYPROJECT = tomllib.loads(PYPROJECT_TEXT)
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
SPARK_LOCK = (ROOT / "requirements-spark.lock").read_text("utf-8")
LOCKS = [
    ROOT / "requirements.lock",
    ROOT / "requirements-spark.lock",
    ROOT / "tests/spark/requirements.lock",
    ROOT / "benchmarks/peers/requirements.lock",
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def with_suffix(*suffixes: str) -> list[Path]:
    return [path for path in FILES if path.suffix in suffixes]


def test_the_top_level_is_the_designs() -> None:
    assert {relative(path).split("/")[0] for path in FILES} == {
        ".ci", ".editorconfig", ".gitignore", ".pre-commit-config.yaml", "benchmarks", "CHANGELOG.md",
        "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "README.zh-CN.md", "docs", "pipelines",
        "pyproject.toml", "requirements.lock", "requirements-spark.lock", "sample", "schemas", "sources", "tests",
        "warehouse", "workspace.yaml",
    }  # fmt: skip


def test_no_source_file_is_longer_than_a_reader_can_hold() -> None:
    lines = {
        relative(path): path.read_text("utf-8").count("\n") for path in with_suffix(".py", ".sql", ".j2")
    }
    assert {name: n for name, n in lines.items() if n > LONGEST_FILE_LINES} == {}


def test_pytest_enters_every_folder_that_has_tests(pytestconfig: pytest.Config) -> None:
    left_out = pytestconfig.getini("norecursedirs")
    modules = [path for path in with_suffix(".py") if path.name.startswith("test_")]
    folders = {part for path in modules for part in path.relative_to(ROOT).parts[:-1]}
    assert [name for name in folders if any(fnmatch(name, pattern) for pattern in left_out)] == []


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helper", "helpers", "common", "manager", "handler", "processor"}
    assert [relative(path) for path in with_suffix(".py") if path.stem in vague] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    machine = re.compile(r"(?<![\w.{}])/(?:work|tmp|root|home)/\w")
    texts = [
        *with_suffix(".py", ".sql", ".toml", ".yaml", ".md", ".csv"),
        ROOT / "Makefile",
        ROOT / ".ci/run",
    ]
    assert [relative(path) for path in texts if machine.search(path.read_text("utf-8"))] == []


def test_statements_of_several_lines_stand_in_files_of_their_own() -> None:
    begins = re.compile(
        r"\s*(?:select|with|from|create|insert|copy|attach)\b"
    )  # docstrings begin with a capital
    modules = [path for path in with_suffix(".py") if not relative(path).startswith("tests/")]
    statements = [
        f"{relative(path)}:{node.lineno}"
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if begins.match(node.value) and "\n" in node.value.strip()
    ]
    assert statements == []


def test_no_data_files_are_kept() -> None:
    kinds = (".xlsx", ".xls", ".ods", ".et", ".duckdb", ".parquet", ".dat", ".db")
    assert [relative(path) for path in with_suffix(*kinds)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_a_lock_pins_with_hashes_and_names_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[a-z][^\s=]*==\S+.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S", text, re.MULTILINE))


def test_the_lock_of_spark_has_the_extra_and_no_other_version_of_anything() -> None:
    pins, of_spark = (
        dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock, re.MULTILINE)) for lock in (LOCK, SPARK_LOCK)
    )
    assert {
        Requirement(name).name for name in PYPROJECT["project"]["optional-dependencies"]["spark"]
    } <= of_spark.keys()
    assert {name: pin for name, pin in of_spark.items() if pins.get(name, pin) != pin} == {}


def test_the_lock_has_every_dependency_at_the_version_asked_for() -> None:
    asked = PYPROJECT["project"]["dependencies"] + PYPROJECT["project"]["optional-dependencies"]["dev"]
    pins = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^\s;]+)", LOCK, re.MULTILINE))
    for requirement in map(Requirement, asked):
        assert pins[requirement.name] in requirement.specifier


def test_the_environment_is_the_locks() -> None:
    pins = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^\s;]+)", LOCK, re.MULTILINE))
    names = [Requirement(line).name for line in requires("xiangcang") or [] if "extra" not in line]
    assert {name: version(name) for name in names} == {name: pins[name] for name in names}


def test_every_dependency_says_what_it_is_for() -> None:
    listed = re.findall(
        r"^(?:dependencies|dev|spark) = \[\n(.*?)^\]", PYPROJECT_TEXT, re.MULTILINE | re.DOTALL
    )
    lines = "".join(listed).splitlines()
    assert len(lines) > 15
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


def test_imports_are_held_one_way() -> None:
    layers, only_pipelines, *rooms = PYPROJECT["tool"]["importlinter"]["contracts"]
    assert layers["layers"] == ["pipelines", "sample", "sources | warehouse", "schemas"]
    assert only_pipelines["forbidden_modules"] == ["dagster"]
    assert only_pipelines["source_modules"] == ["sample", "schemas", "sources", "warehouse"]
    assert [(room["containers"], room.get("exhaustive", False)) for room in rooms] == [
        (["sources"], True), (["warehouse"], True), (["pipelines"], True), (["schemas"], False), (["sample"], True),
    ]  # fmt: skip


def test_no_folder_is_wider_than_a_reader_can_overlook() -> None:
    of_their_kind = {
        "forms",
        "answers",
    }  # a module each: forms, and answers to worked questions
    folders = Counter(
        relative(path.parent) for path in with_suffix(".py") if path.parent.name not in of_their_kind
    )
    assert {folder: modules for folder, modules in folders.items() if modules > WIDEST_FOLDER_MODULES} == {}


def test_no_class_name_means_two_things() -> None:
    named = Counter(
        node.name
        for path in with_suffix(".py")
        if not relative(path).startswith("tests/")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    del named["Config"]  # what pandera calls the settings of a model
    assert [name for name, classes in named.items() if classes > 1] == []


def test_ci_and_the_makefile_run_the_same_tests() -> None:
    assert "\nmake test\nmake test-spark\nmake bench-quick\n" in (ROOT / ".ci/run").read_text()
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert lint is not None
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert tool in lint.group(1)


@pytest.mark.parametrize("path", with_suffix(".toml"), ids=relative)
def test_every_toml_file_parses(path: Path) -> None:
    assert tomllib.loads(path.read_text("utf-8"))
