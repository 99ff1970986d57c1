"""Deliveries as stewards know them, from their receipts."""

from collections.abc import Iterable, Mapping

from sources.home.receipts import Receipt, open_deliveries
from warehouse.reports.quality.listed import DeliveryLine


def file_of(receipt: Receipt) -> str:
    """Folder and name."""
    return f"{receipt.file.folder}/{receipt.file.name}"


def why_rejected(receipt: Receipt) -> str:
    """Give the first reasons, each with its cell; or how many rows broke rules."""
    reasons = "；".join(
        f"{reason.sheet} {reason.cell} {reason.message}".strip() for reason in receipt.reasons[:3]
    )
    return reasons or f"{receipt.rows.rejected} 行未通过规则"


def described_deliveries(receipts: list[Receipt], reporters: Mapping[str, str]) -> list[DeliveryLine]:
    """Describe deliveries as stewards know them. reporters: their names by code."""
    latest = max((receipt.received_at for receipt in receipts), default=None)
    still_open = _ids(open_deliveries(receipts, latest)) if latest else set()
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
            outcome=receipt.outcome,
            is_open=receipt.delivery_id in still_open,
            why=why_rejected(receipt) if receipt.outcome == "rejected" else "",
        )
        for receipt in receipts
    ]


def _ids(receipts: Iterable[Receipt]) -> set[str]:
    return {receipt.delivery_id for receipt in receipts}
