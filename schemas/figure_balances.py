"""Balances between figures of one division and period, read from figure_balances.toml."""

from collections.abc import Container
from pathlib import Path

from schemas.balance import Balance, Missing, NotABalance, parse_balances
from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile
from schemas.thresholds import Importance

BALANCES = Path(__file__).with_name("figure_balances.toml")


class FigureBalance(Strict):
    """One relation between indicators. balance: as text; missing: when it is skipped for missing figures."""

    title: str
    balance: str
    importance: Importance
    missing: Missing
    blocking: bool = False

    @property
    def relation(self) -> Balance:
        """`balance`, parsed. Raises NotABalance, or ValueError where the text holds several."""
        (relation,) = parse_balances(self.balance)
        return relation


def read_figure_balances(indicators: Container[str], path: Path = BALANCES) -> dict[str, FigureBalance]:
    """Read every relation, by the name of its check. indicators: the codes that there are. Raises SettingsRefused."""
    file = TomlFile(path, "指标关系")
    balances = {name: file.make(FigureBalance, entry, (name,)) for name, entry in file.terms.items()}
    faults = {(name, "balance"): _find_fault(balance, indicators) for name, balance in balances.items()}
    if any(faults.values()):
        raise file.refusal((place, fault) for place, fault in faults.items() if fault)
    return balances


def _find_fault(balance: FigureBalance, indicators: Container[str]) -> str | None:
    try:
        codes = balance.relation.codes
    except (NotABalance, ValueError):
        return f"“{balance.balance}”应写作一个关系，如 甲 = 乙 + 丙，甲、乙、丙为指标代码"
    unknown = [code for code in codes if code not in indicators]
    return f"没有指标 {'、'.join(unknown)}；代码见 dim_indicator" if unknown else None
