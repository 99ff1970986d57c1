"""Which deliveries the next load reads again, as what they were read by has changed."""

from collections import Counter
from collections.abc import Iterable

from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.home.removal import read_removals


def stale_receipts(home: Home, references: References) -> list[Receipt]:
    """List the deliveries that were read by other rules than those in force, in the order of arrival.

    What was removed at the end of its time is not read again.
    """
    references = references.with_corrections(home.corrections)
    removed = {removal.sha256 for removal in read_removals(home)}
    return [
        receipt
        for receipt in read_receipts(home)
        if receipt.file.sha256 not in removed
        and receipt.rules_hash
        != references.rules_hash(receipt.contract, receipt.reporter_code, receipt.period)
    ]


def count_forms(receipts: Iterable[Receipt]) -> dict[str, int]:
    """Count deliveries by the title of their form."""
    titles = Counter(receipt.form_title or "未识别的文件" for receipt in receipts)
    return dict(sorted(titles.items()))
