"""Decisions of stewards: on deliveries, their totals, findings and periods; each is a file, never changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from schemas.errors import XiangcangError
from schemas.files.sealed import read_sealed, seal
from schemas.files.strict import Strict
from sources.home.folders import Home, write_whole
from sources.home.soundness import unreadable
from sources.text.period import period_end, period_start

Verdict = Literal["confirm", "withdraw"]
PeriodVerdict = Literal["settle", "reopen"]


class _Decided(Strict):
    """By whom, when and why."""

    why: str = Field(min_length=1)
    by: str = Field(min_length=1)
    decided_at: datetime


class Decision(_Decided):
    """A steward's word on a delivery: that it counts, or does not."""

    delivery_id: str
    verdict: Verdict


class TotalsDecision(_Decided):
    """A steward's word that a delivery counts although its printed totals are not the sums of its rows."""

    delivery_id: str


class FindingDecision(_Decided):
    """A steward's word that a value which a check doubts is right. row_key: key of its row in the fact, `/` between."""

    check: str
    row_key: str
    field: str
    value: str


class PeriodDecision(_Decided):
    """A steward's word that a period is settled, or open again."""

    period: str
    verdict: PeriodVerdict


class DamagedDecision(XiangcangError, ValueError):
    """A decision that is not what was written: without it figures would change unseen, so nothing is loaded."""


class DecisionRefused(XiangcangError):
    """A decision that cannot be taken; the message says why, and what can be done."""


Kept = TypeVar("Kept", Decision, TotalsDecision, FindingDecision, PeriodDecision)
_FOLDERS: dict[type, str] = {
    Decision: "",
    TotalsDecision: "totals",
    FindingDecision: "findings",
    PeriodDecision: "periods",
}


def read_decisions(home: Home) -> list[Decision]:
    """Read the decisions on deliveries of a home, in the order in which they were taken."""
    return _read(home, Decision)


def read_accepted_totals(home: Home) -> dict[str, str]:
    """Map the deliveries of a home that count with totals that disagree to who has accepted these."""
    return {decision.delivery_id: decision.by for decision in _read(home, TotalsDecision)}


def read_finding_decisions(home: Home) -> list[FindingDecision]:
    """Read the findings that were cleared in a home, in the order in which they were."""
    return _read(home, FindingDecision)


def read_period_decisions(home: Home) -> list[PeriodDecision]:
    """Read the decisions on periods of a home, in the order in which they were taken."""
    return _read(home, PeriodDecision)


def _read(home: Home, kind: type[Kept]) -> list[Kept]:
    read = [(path.name, _read_one(path, kind)) for path in _folder(home, kind).glob("*.json")]
    return [decision for _, decision in sorted(read, key=lambda named: (named[1].decided_at, named[0]))]


def _read_one(path: Path, kind: type[Kept]) -> Kept:
    try:
        return kind.model_validate_json(read_sealed(path))
    except ValueError as error:
        raise DamagedDecision(
            f"决定 {path} 损坏，与写入时不同；请从备份恢复它，或移走它再重新决定"
        ) from error


def damaged_decisions(home: Home) -> Iterator[str]:
    """Say, in Chinese, which decisions are not what was written."""
    for kind in _FOLDERS:
        for _, error in unreadable(_folder(home, kind), partial(_read_one, kind=kind)):
            yield str(error)


def write_decision(
    home: Home, decision: Decision | TotalsDecision | FindingDecision | PeriodDecision
) -> None:
    """Keep a decision; those taken before stay."""
    match decision:
        case Decision():
            of = f"{decision.delivery_id}-{decision.verdict}"
        case TotalsDecision():
            of = decision.delivery_id
        case FindingDecision():
            of = decision.check
        case PeriodDecision():
            of = f"{decision.period}-{decision.verdict}"
    folder = _folder(home, type(decision))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(
        folder / f"{decision.decided_at:%Y%m%dT%H%M%S%f}-{of}.json",
        seal(decision.model_dump_json(indent=1).encode()),
    )


def _folder(home: Home, kind: type) -> Path:
    return home.decisions / _FOLDERS[kind]


def last_word(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Map each delivery to the last decision on it."""
    return {decision.delivery_id: decision for decision in decisions}


def settled_periods(decisions: Iterable[PeriodDecision]) -> dict[str, PeriodDecision]:
    """Map each period that is settled to the decision that settled it."""
    last = {decision.period: decision for decision in decisions}
    return {period: decision for period, decision in last.items() if decision.verdict == "settle"}


def settles(decision: PeriodDecision, period: str) -> bool:
    """Whether a decision on a period is one on another that lies within it: of a year on its quarters and months."""
    return period_start(decision.period) <= period_start(period) and period_end(period) <= period_end(
        decision.period
    )
