"""A new county's folder: lists, reporters and terms drafted from the national code list, for a steward to complete.

Put here: what follows from the codes and from the stock forms. Keep out: what only the county knows, which its folder
then says.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from schemas.errors import XiangcangError
from schemas.field import polars_schema
from schemas.tables.reference import RefPlausibleBand, RefReporter
from sources.county.contract import Contract
from sources.county.lists import aliases, divisions
from sources.home.folders import write_whole

CODE_LIST_COLUMNS = ("code", "name")
"""Columns that a code list must have; `urban_rural_code` may be beside them, and others are passed over."""

_BUREAUS = Path(__file__).with_name("bureaus.csv")
_ENDS = (
    ("村村民委员会", "村"), ("村村委会", "村"), ("村民委员会", "村"), ("村委会", "村"),
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居民委员会", "社区"), ("居委会", "社区"),
    ("街道办事处", "街道"), ("人民政府", ""),
)  # fmt: skip
"""How the code list writes offices, and what the place is called."""

_TOWNSHIP_LEVELS = {
    "0": "subdistrict",
    "1": "town",
    "2": "township",
    "3": "township",
    "4": "zone",
    "5": "zone",
}
_VILLAGE_LEVELS = {
    "0": "community",
    "1": "community",
    "2": "village",
    "3": "village",
    "4": "community",
    "5": "village",
}
"""By the first digit of the part of a code that tells townships, or villages, apart (国家统计局统计用区划代码编制规则)."""


class CodeListError(XiangcangError):
    """A code list that no division list can be made of; the message names line and remedy."""


@dataclass(frozen=True)
class Bank:
    """A bank that reports, and the stock layouts that it sends."""

    code: str
    name: str
    layouts: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewCounty:
    """What is asked of a new county. listed_on: the date of its code list. forms: stock forms it has; all if empty."""

    code: str
    name: str
    listed_on: date
    loans_since: date
    forms: frozenset[str] = frozenset()
    banks: Sequence[Bank] = field(default_factory=tuple)


def read_code_list(path: Path) -> list[dict[str, str]]:
    """Read a code list as CSV in UTF-8. Raises CodeListError."""
    try:
        lines = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodeListError(f"区划代码表 {path.name} 读不出；应为 UTF-8 的 CSV，列为 code、name") from error
    if not lines or not set(CODE_LIST_COLUMNS) <= lines[0].keys():
        raise CodeListError(
            f"区划代码表 {path.name} 应有 code（12 位代码）、name（名称）两列，可有 urban_rural_code"
        )
    return lines


def division_rows(lines: Iterable[Mapping[str, str]], county: str, listed_on: date) -> list[dict[str, str]]:
    """Make the division list of a county of the lines of a code list, which may have other counties too.

    Raises CodeListError.
    """
    rows = []
    for number, line in enumerate(lines, start=2):
        code, name = (line["code"] or "").strip(), (line["name"] or "").strip()
        if not re.fullmatch(r"\d{12}", code) or not name:
            raise CodeListError(f"区划代码表第 {number} 行：应有 12 位代码和名称，如 110101001000")
        if code.startswith(county):
            rows.append(_division(code, name, line.get("urban_rural_code") or "", listed_on))
    if not any(row["level"] == "county" for row in rows):
        raise CodeListError(f"区划代码表里没有区县 {county}000000 的一行")
    return rows


def _division(code: str, name: str, urban_rural_code: str, listed_on: date) -> dict[str, str]:
    if code.endswith("000000"):
        level, parent = "county", ""
    elif code.endswith("000"):
        level, parent = _TOWNSHIP_LEVELS.get(code[6], "zone"), f"{code[:6]}000000"
    else:
        level, parent = _VILLAGE_LEVELS.get(code[9], "village"), f"{code[:9]}000"
    return {
        "division_code": code,
        "name": name,
        "canonical_name": canonical_name(name),
        "level": level,
        "parent_code": parent,
        "urban_rural_code": urban_rural_code,
        "valid_from": listed_on.isoformat(),
        "valid_to": "",
        "code_known": "true",
        "note": "",
    }


def canonical_name(name: str) -> str:
    """Give the name of a place without that of its office."""
    return next((name.removesuffix(end) + short for end, short in _ENDS if name.endswith(end)), name)


def write_county(
    folder: Path, new: NewCounty, lines: Iterable[Mapping[str, str]], stock: Mapping[str, Contract]
) -> None:
    """Write the folder, which must not hold a county yet. Raises CodeListError, OSError."""
    listed = division_rows(lines, new.code, new.listed_on)
    files = {
        "county.toml": _terms(new),
        "divisions/division.csv": _csv(divisions.COLUMNS, listed),
        "divisions/crosswalk.csv": _csv(divisions.CROSSWALK_COLUMNS, []),
        "aliases.csv": _csv(aliases.COLUMNS, []),
        "plausible_bands.csv": _csv(list(polars_schema(RefPlausibleBand)), []),
        "reporters.csv": _csv(list(polars_schema(RefReporter)), _reporters(new, listed, stock)),
    } | {f"contracts/{name}.toml": text for name, text in _contracts(new, stock).items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, text.encode())


def _terms(new: NewCounty) -> str:
    year = new.listed_on.year
    return f"""# {new.name}：只属于本区县的约定；名录、填报单位、表式约定在同一文件夹。
code = "{new.code}"
name = "{new.name}"
loans_since = {new.loans_since}        # 累计发放额与户数的起始日
headlines = []                     # 每次加载结束时所列的指标，代码见 dim_indicator

[lists]                            # 统计口径所依的区划名录日期
{year} = {new.listed_on}
"""


def _reporters(
    new: NewCounty, listed: Sequence[Mapping[str, str]], stock: Mapping[str, Contract]
) -> list[dict[str, str]]:
    """List townships and subdistricts, the bureaus that stock forms name, and banks."""
    rows = []
    for row in listed:
        if row["level"] in ("town", "township", "zone", "subdistrict"):
            kind = "subdistrict" if row["level"] == "subdistrict" else "township"
            rows.append(
                (f"place_{row['division_code'][6:9]}", row["canonical_name"], kind, row["division_code"])
            )
    county = f"{new.code}000000"
    with _BUREAUS.open(encoding="utf-8", newline="") as file:
        bureaus = {line["code"]: line["name"] for line in csv.DictReader(file)}
    needed = {entry.partition(":")[2] for name in _chosen(new, stock) for entry in stock[name].reporters}
    short = new.name[-1:] if new.name[-1:] in ("县", "区", "市", "旗") else ""
    rows += [(code, short + name, "bureau", county) for code, name in bureaus.items() if code in needed]
    rows += [(bank.code, bank.name, "bank", county) for bank in new.banks]
    since = new.listed_on.isoformat()
    return [
        {
            "reporter_code": code, "name": name, "kind": kind, "division_code": place, "folder": name,
            "valid_from": since, "valid_to": "",
        }
        for code, name, kind, place in rows
    ]  # fmt: skip


def _contracts(new: NewCounty, stock: Mapping[str, Contract]) -> dict[str, str]:
    """Write who sends the layouts of banks, and that forms not chosen have nobody who does."""
    by_layout: dict[str, list[str]] = {}
    for bank in new.banks:
        for layout in bank.layouts:
            by_layout.setdefault(layout, []).append(f'"bank:{bank.code}"')
    texts = {name: f"reporters = [{', '.join(banks)}]\n" for name, banks in by_layout.items()}
    unused = [name for name in stock if name not in _chosen(new, stock) and stock[name].reporters]
    return texts | dict.fromkeys(unused, "reporters = []                     # 本区县不用此表\n")


def _chosen(new: NewCounty, stock: Mapping[str, Contract]) -> list[str]:
    return [name for name, contract in stock.items() if not new.forms or contract.table in new.forms]


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
