"""States of a home's deliveries: its receipts and decisions, with judgements kept beside them.

Put here: what is read and kept. Keep out: what is decided, see `states` and `judge`. The file of judgements follows
from the receipts: it saves reading rows again, and may be removed.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from schemas.files.sealed import read_sealed, seal
from schemas.syntax import hash_modules, module_file
from sources.county.references import References
from sources.holding.decisions import read_decisions
from sources.holding.judge import Judge
from sources.holding.states import DeliveryStates, Judgement, delivery_states
from sources.home.folders import Home, write_whole
from sources.home.receipts import Receipt

_log = logging.getLogger("xiangcang")
_JUDGING = ("frame", "judge", "lacking", "rows", "slip", "states", "surroundings")


def home_states(
    home: Home, references: References, receipts: Iterable[Receipt], cut_off: datetime
) -> DeliveryStates:
    """Compute what a home's deliveries count for at a time. receipts: those of the home."""
    with KeptJudge(home, references) as judge:
        return delivery_states(receipts, read_decisions(home), judge, cut_off, references.tables_judged_last)


class KeptJudge(Judge):
    """A judge whose judgements are kept in the home from one load to the next."""

    def __init__(self, home: Home, references: References) -> None:
        super().__init__(home, references)
        self._file, self.known = _file(home), read_judgements(home)
        self._taken_up = set(self.known)

    def __enter__(self) -> "KeptJudge":
        return self

    def __exit__(self, *_: object) -> None:
        """Keep them where there are new ones; those that were not asked for go once they are the greater part.

        Receiving judges in the order of arrival, what counts is judged by period: each asks for what the other does not.
        """
        if self.asked - self._taken_up:
            kept = self.asked if len(self.known) > 2 * len(self.asked) else self.known
            judgements = {name: self.known[name].model_dump() for name in sorted(kept)}
            write_whole(self._file, seal(json.dumps({"code": _code(), "judgements": judgements}).encode()))


def read_judgements(home: Home) -> dict[str, Judgement]:
    """Read the judgements that are kept in a home; none where the code that judges is another, or the file is damaged."""
    if not _file(home).exists():
        return {}
    try:
        kept = json.loads(read_sealed(_file(home)))
        if kept["code"] != _code():
            return {}
        return {name: Judgement(**terms) for name, terms in kept["judgements"].items()}
    except (ValueError, TypeError, KeyError):
        _log.error("%s 损坏，不用它：由报送的行重新判断", _file(home))
        return {}


def _file(home: Home) -> Path:
    return home.root / "judgements.json"


@cache
def _code() -> str:
    """Hash the code that judges."""
    return hash_modules(module_file(f"sources.holding.{name}") for name in _JUDGING)
