"""Contracts as files: `<table>.<layout>.toml` of a folder, with what they share in its `defaults.toml`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from schemas.errors import XiangcangError
from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile
from sources.county.contract import Contract, TextContract, WorkbookContract
from sources.county.contract_layout import WorkbookLayout

_DEFAULTS = "defaults.toml"


class ContractError(XiangcangError):
    """A fault in a contract; the message names file, line, key and what is allowed."""


class Defaults(Strict):
    """What the contracts of a folder share, where they do not say otherwise: its `defaults.toml`.

    workbook: keys of [workbook]; rows: more of these where records are rows. ignored_columns: headings that
    workbooks ignore unless they read them.
    """

    workbook: dict[str, Any] = {}
    rows: dict[str, Any] = {}
    ignored_columns: dict[str, str] = {}

    def complete(self, terms: dict[str, Any]) -> dict[str, Any]:
        """Give the terms of a contract with what it leaves to the defaults; an empty text takes one back."""
        columns = terms.get("columns", {})
        if not isinstance(terms.get("workbook"), dict) or not isinstance(columns, dict):
            return terms  # a text form, or what its model refuses
        layout = self.workbook | terms["workbook"]
        if layout.get("shape") == "rows":
            layout = self.rows | layout
        layout = {key: value for key, value in layout.items() if value != ""}
        read = [headings for headings in columns.values() if isinstance(headings, list)]
        ignored = {
            heading: reason
            for heading, reason in self.ignored_columns.items()
            if not any(heading in headings for headings in read)
        }
        own = terms.get("ignored_columns", {})
        return terms | {
            "workbook": layout,
            "ignored_columns": ignored | own if isinstance(own, dict) else own,
        }


def contract_file(folder: Path, name: str) -> TomlFile:
    """Return the file of a contract."""
    return TomlFile(folder / f"{name}.toml", "表式约定", ContractError)


def read_contract(path: Path, defaults: Defaults | None = None) -> Contract:
    """Read one TOML file with its folder's defaults; its stem is the contract's name. Raises ContractError."""
    file = contract_file(path.parent, path.stem)
    return make_contract(file, contract_terms(file, defaults or read_defaults(path.parent)))


def contract_terms(file: TomlFile, defaults: Defaults, without: Iterable[str] = ()) -> dict[str, Any]:
    """Read the terms of a file, with what it leaves to the defaults. without: keys that are not the contract's.

    Raises ContractError.
    """
    if ("workbook" in file.terms) == ("text" in file.terms):
        raise file.refusal([((), "应有 [workbook]、[text] 两节之一，不得都写或都不写")])
    return defaults.complete({key: terms for key, terms in file.terms.items() if key not in set(without)})


def make_contract(file: TomlFile, terms: Mapping[str, Any]) -> Contract:
    """Make a contract of its terms; a fault is one of the file. Raises ContractError."""
    named = {**terms, "name": file.path.stem}
    contract: Contract = (
        file.make(WorkbookContract, named) if "workbook" in named else file.make(TextContract, named)
    )
    try:
        _ = contract.field_of_header
    except ValueError as error:
        raise file.refusal([(("columns",), str(error))]) from None
    return contract


def read_defaults(folder: Path) -> Defaults:
    """Read `defaults.toml` of a folder of contracts; empty where there is none. Raises ContractError."""
    path = folder / _DEFAULTS
    if not path.exists():
        return Defaults()
    file = contract_file(folder, path.stem)
    defaults = file.make(Defaults)
    for name, keys in (("workbook", defaults.workbook), ("rows", defaults.rows)):
        file.make(WorkbookLayout, {"shape": "rows"} | keys, (name,))
    return defaults


def read_contracts(folder: Path) -> dict[str, Contract]:
    """Read all contracts of a folder, by name. Raises ContractError."""
    defaults = read_defaults(folder)
    return {path.stem: read_contract(path, defaults) for path in contract_paths(folder)}


def contract_paths(folder: Path) -> list[Path]:
    """List the contracts of a folder. Raises ContractError for a file that is not called as one."""
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != _DEFAULTS]
    for path in paths:
        if path.stem.count(".") != 1:
            raise ContractError(
                f"表式约定 {path.name} 的文件名不对；应为 表.版式.toml，如 grid.register.toml"
            )
    return paths
