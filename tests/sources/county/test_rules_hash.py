"""What can change a staged value changes the hash of the rules, and nothing else does."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import id_number_holds
from sources.county import rules_hash
from sources.county.contract_layout import Lacks, PlaceLayout
from sources.county.references import References, read_references
from sources.county.rules_hash import hash_of_readers, hash_of_table, reading_modules
from tests import ROOT
from tests.district import COUNTY
from tests.hash_seeds import printed

LIBRARY_RULE = id_number_holds(pl.col("household_number"))


def table(**changed: Any) -> type[Staged]:
    """A staged table of households, but for what is changed."""

    class Household(Staged):
        household_number: str = field("户号", description=changed.get("description", "户的编号"), key=True)
        persons: pl.Int64 = field("人数", description="户内人数", unit="人", ge=changed.get("least", 0))
        kind: str = field("类别", description="户的类别", isin=changed.get("kinds", ["甲", "乙"]))
        whole_number = rule(
            changed.get("title", "户号应合校验码"),
            changed.get("holds", LIBRARY_RULE),
            of="household_number",
            flag=changed.get("flag", False),
        )

    return Household


@pytest.mark.parametrize(
    "changed",
    [
        {"least": 1},
        {"kinds": ["甲", "乙", "丙"]},
        {"flag": True},
        {"title": "户号不合校验码"},
        {"holds": pl.col("household_number").str.len_chars() == 18},
        {"holds": LIBRARY_RULE | (pl.col("persons") == 0)},
    ],
    ids=["limit", "values", "severity", "title", "rule", "exception"],
)
def test_another_rule_is_another_hash(changed: dict[str, Any]) -> None:
    assert hash_of_table(table(**changed)) != hash_of_table(table())


def test_another_weight_of_a_check_digit_is_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemas.rules._ID_ALPHABET", "012345678X9")
    assert hash_of_table(table(holds=id_number_holds(pl.col("household_number")))) != hash_of_table(table())


@pytest.mark.parametrize(
    "changed", [{"description": "另一种说明"}, {"kinds": ["乙", "甲"]}], ids=["prose", "order"]
)
def test_prose_and_order_are_no_rules(changed: dict[str, Any]) -> None:
    assert hash_of_table(table(**changed)) == hash_of_table(table())


def test_a_rule_with_a_python_function_is_refused() -> None:
    odd = pl.col("persons").map_elements(lambda number: number > 1, return_dtype=pl.Boolean)
    with pytest.raises(TypeError, match="whole_number: a rule is an expression"):
        hash_of_table(table(holds=odd))


def changed_references(folder: Path, change: Callable[[Path], None]) -> References:
    """The project's references with one file changed."""
    shutil.copytree(COUNTY, folder, dirs_exist_ok=True)
    change(folder)
    return read_references(folder)


def append(name: str, line: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8") if path.exists() else ""
        path.write_text(text + line, "utf-8")

    return change


ALIAS = "140214200200,杨家窖沟村,口泉村,observed,报表中见到,统计股,2022-04-11\n"


@pytest.mark.parametrize(
    ("change", "restaged"),
    [
        (append("aliases.csv", ALIAS), {"grid.register", "scheme.items"}),
        (
            append("contracts/grid.register.toml", '\n[values.has_party_group]\n"已建" = "是"\n'),
            {"grid.register"},
        ),
        (append("contracts/grid.register.toml", "# a comment\n"), set()),
    ],
    ids=["alias", "contract", "comment"],
)
def test_a_change_stages_anew_what_it_concerns(
    tmp_path: Path, change: Callable[[Path], None], restaged: set[str]
) -> None:
    before, after = read_references(COUNTY), changed_references(tmp_path, change)
    changed = {
        name for name in ("grid.register", "scheme.items")
        if before.rules_hash(name, "", "2022") != after.rules_hash(name, "", "2022")
    }  # fmt: skip
    assert changed == restaged


def test_a_default_of_contracts_is_a_rule() -> None:
    known = read_references(COUNTY)
    contract = known.contracts["grid.register"]
    other = replace(
        known, contracts=known.contracts | {contract.name: contract.model_copy(update={"accept": "whole"})}
    )
    assert other.rules_hash(contract.name, "", "2022") != known.rules_hash(contract.name, "", "2022")


@pytest.mark.parametrize(
    "terms",
    [{"owed": "once_begun"}, {"due_days": 9}, {"frame": "none"}, {"lacks": Lacks(rows=9)}, {"last": "2030"}],
)
def test_a_term_that_no_cell_is_read_by_is_none(terms: dict[str, object]) -> None:
    known = read_references(COUNTY)
    contract = known.contracts["grid.register"]
    other = replace(known, contracts=known.contracts | {contract.name: contract.model_copy(update=terms)})
    assert other.rules_hash(contract.name, "", "2022") == known.rules_hash(contract.name, "", "2022")


@pytest.mark.parametrize(
    "terms",
    [
        {"units": {"households": "百户"}},
        {"numeric_codes": {"grid_code": 0}},
        {"missing": ["null"]},
        {"places": PlaceLayout(level={"place_code": "village"})},
    ],
    ids=lambda terms: next(iter(terms)),
)
def test_a_term_by_which_cells_are_read_is_a_rule(terms: dict[str, object]) -> None:
    known = read_references(COUNTY)
    contract = known.contracts["grid.register"]
    other = replace(known, contracts=known.contracts | {contract.name: contract.model_copy(update=terms)})
    assert other.rules_hash(contract.name, "", "2022") != known.rules_hash(contract.name, "", "2022")


def test_another_release_of_a_library_that_reads_is_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    before = hash_of_readers.__wrapped__()
    monkeypatch.setattr(rules_hash, "version", lambda name: "0.0" if name == "polars" else "1.0")
    assert hash_of_readers.__wrapped__() != before


def test_every_library_that_reads_is_one_of_the_projects() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert [name for name in rules_hash.LIBRARIES if f'"{name}' not in pyproject] == []


def test_the_modules_that_read() -> None:
    rooms = {module.rpartition(".")[0] for module in reading_modules()}
    assert rooms == {
        "schemas", "schemas.files", "sources", "sources.county", "sources.county.lists", "sources.home", "sources.layout",
        "sources.layout.printed", "sources.reading",
        "sources.reading.marking", "sources.reading.sheet_facts", "sources.staging", "sources.text",
    }  # fmt: skip
    for module in (
        "sources.text.values",
        "sources.county.places",
        "sources.staging.persons",
        "schemas.validate",
    ):
        assert module in reading_modules()
    for module in (
        "sources.intake",
        "sources.replies.content",
        "sources.templates.plan",
        "schemas.forms.grid",
    ):
        assert module not in reading_modules()


def test_the_hash_is_the_same_in_every_process() -> None:
    code = (
        "from sample import COUNTY; from sources.county.references import read_references;"
        "print(read_references(COUNTY).rules_hash('loan_note.rcb_ledger', 'rcb_yungang', '2022-12-31'))"
    )
    assert printed(code) == {
        read_references(COUNTY).rules_hash("loan_note.rcb_ledger", "rcb_yungang", "2022-12-31")
    }
