"""Balances between figures of one division and period, read from figure_balances.toml."""

import tomllib
from functools import cache
from pathlib import Path

from schemas.balance import Balance, Missing, parse_balances
from schemas.strict import Strict
from schemas.thresholds import Importance

_FILE = Path(__file__).with_name("figure_balances.toml")


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


@cache
def figure_balances() -> dict[str, FigureBalance]:
    """Read every relation, by the name of its check. Raises pydantic's ValidationError, or TOMLDecodeError."""
    entries = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: FigureBalance.model_validate(entry) for name, entry in entries.items()}
