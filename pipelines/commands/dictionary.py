"""`xiangcang dictionary`: the data dictionary as files."""

import argparse
from collections.abc import Iterable

from pipelines.commands import Refused
from sources.contract import Contract, ContractError
from sources.references import read_references
from warehouse.dictionary import entries, to_html, to_markdown


def run(arguments: argparse.Namespace) -> int:
    """Write 数据字典.md and 数据字典.html into a folder, which is made; refused where that cannot be done."""
    try:
        said = entries(form_titles(read_references().contracts.values()))
        arguments.folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("数据字典.md", to_markdown(said)), ("数据字典.html", to_html(said))):
            path = arguments.folder / name
            path.write_text(text, "utf-8")
            print(path)
    except (ContractError, OSError) as error:
        raise Refused(f"数据字典没有写出：{error}") from error
    return 0


def form_titles(contracts: Iterable[Contract]) -> dict[str, list[str]]:
    """The first title of each form, by the staged table that it is read into."""
    titles: dict[str, list[str]] = {}
    for contract in contracts:
        known = titles.setdefault(contract.table, [])
        if contract.title[0] not in known:
            known.append(contract.title[0])
    return titles
