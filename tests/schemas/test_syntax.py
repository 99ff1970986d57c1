"""The hash of code changes with what code does, and with nothing else."""

from pathlib import Path

import pytest

from schemas.syntax import hash_modules, imported_modules, module_file
from tests.hash_seeds import printed

CODE = '''"""What belongs here."""

MISSING = ("", "无")


def is_missing(text: str) -> bool:
    """Tell whether a text stands for no value."""
    return text in MISSING  # squeezed before


class Row:
    """A row."""

    households: int = 0
'''


def hash_of(text: str, folder: Path) -> str:
    path = folder / "values.py"
    path.write_text(text, "utf-8")
    return hash_modules([path])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""What belongs here."""', '"""Other words."""'),
        ('"""Tell whether a text stands for no value."""', '"""Say so."""'),
        ("  # squeezed before", ""),
        ("(text: str) -> bool", "(text)"),
        ('    """A row."""\n\n', ""),
        ("\n\n\ndef", "\n\n\n\n\ndef"),
    ],
)
def test_prose_and_type_hints_do_not_count(tmp_path: Path, before: str, after: str) -> None:
    assert before in CODE
    assert hash_of(CODE.replace(before, after), tmp_path) == hash_of(CODE, tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('("", "无")', '("", "无", "待定")'),
        ("text in MISSING", "text not in MISSING"),
        ("households: int = 0", "households: str = 0"),
        ("households: int = 0", "households: int = 1"),
        ("def is_missing(text", "def is_missing(label"),
    ],
)
def test_what_code_does_counts(tmp_path: Path, before: str, after: str) -> None:
    assert before in CODE
    assert hash_of(CODE.replace(before, after), tmp_path) != hash_of(CODE, tmp_path)


def test_a_module_counts_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "b.py").write_text("x = 1\n")
    assert hash_modules([tmp_path / "a.py"]) != hash_modules([tmp_path / "b.py"])


def test_imports_are_followed_to_modules_of_the_project() -> None:
    modules = imported_modules(["sources.text.values"])
    assert modules == ("schemas.errors", "sources.text.squeeze", "sources.text.unit", "sources.text.values")
    assert imported_modules(["sources.text.values"], skip=("sources.text.unit",)) == (
        "schemas.errors", "sources.text.squeeze", "sources.text.values",
    )  # fmt: skip
    assert module_file("sources.text.values").name == "values.py"


def test_the_hash_is_the_same_in_every_process() -> None:
    code = "from schemas.syntax import hash_modules, module_file; print(hash_modules([module_file('schemas.field')]))"
    assert printed(code) == {hash_modules([module_file("schemas.field")])}
