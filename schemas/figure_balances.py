"""How figures of one division and period must relate: read from figure_balances.toml."""

import tomllib
from functools import cache
from pathlib import Path

from schemas.balance import Balance, Missing, parse_balances
from schemas.strict import Strict
from schemas.thresholds import Importance

_FILE = Path(__file__).with_name("figure_balances.toml")


class FigureBalance(Strict):
    """One relation between indicators; `relation` is what `balance` says."""

    title: str
    balance: str
    importance: Importance
    missing: Missing
    blocking: bool = False

    @property
    def relation(self) -> Balance:
        """The one balance that the text is. Raises NotABalance, or ValueError for several."""
        (relation,) = parse_balances(self.balance)
        return relation


@cache
def figure_balances() -> dict[str, FigureBalance]:
    """Every relation, by the name of its check. Raises pydantic's ValidationError, or TOMLDecodeError."""
    said = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: FigureBalance.model_validate(one) for name, one in said.items()}
