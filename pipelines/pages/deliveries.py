"""Deliveries as stewards know them, from their receipts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pipelines.pages.outbox import Answers
from sources.holding.states import DeliveryStates
from sources.home.receipts import Receipt
from warehouse.reports.quality.listed import DeliveryLine

NO_ANSWERS = Answers()


def file_of(receipt: Receipt) -> str:
    """Folder and name."""
    return f"{receipt.file.folder}/{receipt.file.name}"


def files_of(receipts: Iterable[Receipt]) -> dict[str, str]:
    """Map deliveries to their files, folder and name."""
    return {receipt.delivery_id: file_of(receipt) for receipt in receipts}


def why_rejected(receipt: Receipt) -> str:
    """Give the first reasons, each with its cell; or how many rows broke rules."""
    reasons = "；".join(
        f"{reason.sheet} {reason.cell} {reason.message}".strip() for reason in receipt.reasons[:3]
    )
    return reasons or f"{receipt.rows.rejected} 行未通过规则"


def why_held(receipt: Receipt, states: DeliveryStates) -> str:
    """Give why a delivery waits for a steward."""
    return "；".join(states.holds_of(receipt).values())


def described_deliveries(
    receipts: list[Receipt],
    states: DeliveryStates,
    reporters: Mapping[str, str],
    outbox: Answers = NO_ANSWERS,
    new_since: datetime | None = None,
) -> list[DeliveryLine]:
    """Describe deliveries as stewards know them. reporters: their names by code. new_since: when the last load began."""
    still_open = _ids(states.open)
    addresses = {receipt.delivery_id: outbox.of(receipt.delivery_id) for receipt in receipts}
    return [
        DeliveryLine(
            delivery_id=receipt.delivery_id,
            table=receipt.table,
            form_title=receipt.form_title,
            reporter_code=receipt.reporter_code,
            reporter_name=reporters.get(receipt.reporter_code, receipt.reporter_code),
            period=receipt.period,
            file=file_of(receipt),
            received_at=receipt.received_at,
            outcome=states.state_of(receipt),
            is_open=receipt.delivery_id in still_open,
            resend=states.resend_of(receipt),
            why=why_rejected(receipt) if receipt.outcome == "rejected" else why_held(receipt, states),
            is_new=new_since is not None and receipt.revision == 1 and receipt.staged_at >= new_since,
            has_wrong_totals=any(reason.rule == "delivery__control_total" for reason in receipt.reasons),
            receipt=addresses[receipt.delivery_id][0],
            copy=addresses[receipt.delivery_id][1],
            answers={(answer.sheet, answer.row): answer.text for answer in receipt.answers},
        )
        for receipt in receipts
    ]


def _ids(receipts: Iterable[Receipt]) -> set[str]:
    return {receipt.delivery_id for receipt in receipts}
