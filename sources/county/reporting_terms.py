"""Who reports a form, how often and by when, in the words that stewards read."""

from collections.abc import Iterable, Iterator

from sources.county.contract import Contract
from sources.county.lists.reporters import KINDS
from sources.county.references import References

_CADENCES = {
    "ten_days": "每旬",
    "month": "每月",
    "quarter": "每季",
    "half": "每半年",
    "year": "每年",
    "once": "一次性",
}


def reporting_terms(contracts: Iterable[Contract], references: References) -> Iterator[str]:
    """Say of each contract who reports, how often and by when."""
    names = {reporter.code: reporter.name for reporter in references.reporters}
    for contract in contracts:
        reporters = "、".join(KINDS.get(kind) or names[kind.partition(":")[2]] for kind in contract.reporters)
        cadence, days = _CADENCES[contract.cadence], contract.due_days
        yield f"{contract.title[0]}：{reporters}，{cadence}报送，期末后 {days} 日内"
