"""`xiangcang county new | check`: a county's folder, made and held against the program."""

import argparse
import sys
from collections.abc import Callable, Container
from datetime import date
from pathlib import Path

from pipelines.commands import Refused
from pipelines.settings import check_settings
from pipelines.state.instance import home_root
from pipelines.terminal.county import describe_county
from sources.county.contract_files import read_contracts
from sources.county.county_contracts import STOCK
from sources.county.new_county import Bank, NewCounty, read_code_list, write_county
from sources.county.references import read_references
from sources.holding.stale import count_forms, stale_receipts
from sources.home.folders import Home


def run(arguments: argparse.Namespace) -> int:
    """Make the folder of a new county, or say what one has changed and whether it is sound."""
    return {"new": _new, "check": _check}[arguments.action](arguments)


def _new(arguments: argparse.Namespace) -> int:
    folder = arguments.folder or Home(home_root()).county
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} 不是空文件夹；区县资料请写到新的文件夹，或先移走其中的文件")
    stock = read_contracts(STOCK)
    tables = sorted({contract.table for contract in stock.values()})
    forms = [form for form in (arguments.forms or "").split(",") if form]
    if unknown := [form for form in forms if form not in tables]:
        raise Refused(f"没有表 {'、'.join(unknown)}；有：{'、'.join(tables)}")
    new = NewCounty(
        code=_ask("code", arguments.code, "六位区县代码", _is_code),
        name=_ask("name", arguments.name, "区县名称，如从化区", lambda text: len(text) >= 2),
        listed_on=date.fromisoformat(
            _ask("listed-on", arguments.listed_on, "名录日期，如 2022-10-31", _is_day)
        ),
        loans_since=date.fromisoformat(
            _ask("loans-since", arguments.loans_since, "累计发放额的起始日，如 2021-01-01", _is_day)
        ),
        forms=frozenset(forms),
        banks=[_bank(text, stock) for text in arguments.bank or ()],
    )
    divisions = Path(_ask("divisions", arguments.divisions, "区划代码表 CSV 的路径", lambda text: bool(text)))
    write_county(folder, new, read_code_list(divisions), stock)
    read_references(folder)
    print(
        f"{new.name}的资料写入 {folder}；请核对 reporters.csv 中的填报单位，再执行 xiangcang county check {folder}"
    )
    return 0


def _check(arguments: argparse.Namespace) -> int:
    home = Home(home_root())
    folder = arguments.folder or home.county
    references = read_references(folder)
    check_settings(references)
    for line in describe_county(references):
        print(line)
    if folder == home.county:
        for title, files in count_forms(stale_receipts(home, references)).items():
            print(f"下次加载按新规则重读：{title} {files} 份")
    return 0


def _ask(flag: str, given: str | None, question: str, is_good: Callable[[str], bool]) -> str:
    """Take a flag, or ask a person at a terminal for it. Raises Refused."""
    text = given
    if text is None and sys.stdin.isatty():
        text = input(f"{question}：").strip()
    if text is None or not is_good(text):
        raise Refused(f"请用 --{flag} 写明{question}")
    return text


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isdigit()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _bank(text: str, stock: Container[str]) -> Bank:
    """Read `code=name:layout,layout`. Raises Refused."""
    code, _, rest = text.partition("=")
    name, _, layouts = rest.partition(":")
    if not code or not name:
        raise Refused(f"--bank 的“{text}”应写作 代码=名称:版式,版式，如 rcb=从化农商行:loan_note.rcb_ledger")
    named = tuple(layout for layout in layouts.split(",") if layout)
    if unknown := [layout for layout in named if layout not in stock]:
        raise Refused(f"没有版式 {'、'.join(unknown)}；见程序的 sources/county/contracts")
    return Bank(code, name, named)
