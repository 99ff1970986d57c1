"""Contracts of a county: the stock's as it refines them, and its own forms; one TOML each in its `contracts/`.

Put here: what a county's file means beside the stock's. Keep out: the contract itself, and what is wrong between it and
tables or reporters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.county.own_form import OWN_FORM, FieldLimits, OwnForm
from schemas.files.toml_file import TomlFile
from sources.county.contract import Contract
from sources.county.contract_files import (
    contract_file,
    contract_paths,
    contract_terms,
    make_contract,
    read_defaults,
)

STOCK = Path(__file__).parent / "contracts"
"""The contracts that the program comes with."""


@dataclass(frozen=True)
class CountyContracts:
    """What a county's files and the stock's say together.

    contracts: by name, all of them. own: what the county's own forms are, by the name of the contract that says it.
    limits: by contract, what the fields of its stock table may be
    beside what the table says. files: of the county, by contract.
    """

    contracts: dict[str, Contract]
    own: dict[str, OwnForm]
    limits: dict[str, dict[str, FieldLimits]]
    files: dict[str, TomlFile]


def read_county_contracts(folder: Path, stock: Path = STOCK) -> CountyContracts:
    """Read the contracts of the stock and of a county's folder, which need not be there. Raises ContractError."""
    defaults = read_defaults(stock)
    of_stock = {
        path.stem: contract_terms(contract_file(stock, path.stem), defaults) for path in contract_paths(stock)
    }
    contracts = {name: make_contract(contract_file(stock, name), terms) for name, terms in of_stock.items()}
    tables = {contract.table for contract in contracts.values()}
    own: dict[str, OwnForm] = {}
    limits: dict[str, dict[str, FieldLimits]] = {}
    files = {path.stem: contract_file(folder, path.stem) for path in contract_paths(folder)}
    for name, file in files.items():
        of_form = {key: file.terms[key] for key in OWN_FORM if key in file.terms}
        if name in of_stock:
            kept = {key: value for key, value in file.terms.items() if key not in OWN_FORM}
            contracts[name] = make_contract(file, refine(of_stock[name], kept))
        else:
            contracts[name] = make_contract(file, contract_terms(file, defaults, without=OWN_FORM))
        table = contracts[name].table
        if table not in tables and "fields" in of_form:
            own[name] = file.make(OwnForm, of_form)
        elif of_form:
            limits[name] = _limits(file, of_form)
    return CountyContracts(contracts, own, limits, files)


def refine(stock: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put a county's terms over the stock's: sections are merged, a field's headings added before the stock's."""
    refined = dict(stock)
    for key, value in own.items():
        before = stock.get(key)
        if key == "columns" and isinstance(value, dict) and isinstance(before, dict):
            refined[key] = before | {
                field: [*headings, *(h for h in before.get(field, []) if h not in headings)]
                if isinstance(headings, list)
                else headings
                for field, headings in value.items()
            }
        elif isinstance(value, dict) and isinstance(before, dict):
            refined[key] = refine(before, value)
        else:
            refined[key] = value
    return refined


def _limits(file: TomlFile, of_form: Mapping[str, Any]) -> dict[str, FieldLimits]:
    """Read the limits of a stock form's fields. Raises the file's error for whatever else it says of the form."""
    if others := [key for key in of_form if key != "fields"]:
        fault = "程序已有的表只能在 [fields] 中写 least、most、allowed；规则、指标请写在自有的表里"
        raise file.refusal([((others[0],), fault)])
    fields = of_form["fields"]
    return {name: file.make(FieldLimits, terms, ("fields", name)) for name, terms in fields.items()}
