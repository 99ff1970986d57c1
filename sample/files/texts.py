"""Deliveries as delimited text: the rural bank's ledger, and the two PBOC files."""

import csv
import io
from datetime import date
from decimal import Decimal

from sample.district.sent import LedgerLayout, PbocLayout, SentDelivery, Value
from sample.files.grid import PrintedPlace, address, date_text

_NUMBERS_AS_TEXT = ("borrower_key", "贷款账号")


def write_text(delivery: SentDelivery) -> tuple[bytes, list[PrintedPlace]]:
    """Write a delivery as text: its bytes, and the place of each record (row = line, from 1)."""
    if isinstance(delivery.layout, LedgerLayout):
        return _write_ledger(delivery, delivery.layout)
    assert isinstance(delivery.layout, PbocLayout)
    return _write_pboc(delivery, delivery.layout)


def _write_ledger(delivery: SentDelivery, layout: LedgerLayout) -> tuple[bytes, list[PrintedPlace]]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([header for _, header in layout.headers])
    places = []
    for line, record in enumerate(delivery.records, start=2):
        writer.writerow([_format_ledger_value(field, record[field], layout) for field, _ in layout.headers])
        cells = {field: address(line - 1, column) for column, (field, _) in enumerate(layout.headers)}
        places.append(PrintedPlace("", line, cells))
    text.write(_format_trailer(delivery))
    return _encode(text.getvalue(), layout.encoding), places


def _format_trailer(delivery: SentDelivery) -> str:
    amounts = [
        Decimal(str(line.get("amount_yuan", 0))) for line in [*delivery.records, delivery.total_errors]
    ]
    return f"合计笔数,{len(delivery.records)},发放金额合计,{sum(amounts):.2f}\r\n"


def _format_ledger_value(field: str, value: Value, layout: LedgerLayout) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return str(date_text(value, layout.dates))
    if isinstance(value, Decimal) and field.endswith("_yuan"):
        return f"{value:,.2f}" if layout.thousands else f"{value:.2f}"
    if layout.tab_after_numbers and field in _NUMBERS_AS_TEXT:
        return f"{value}\t"
    return str(value)


def _encode(text: str, encoding: str) -> bytes:
    """Encode a text; one with a name outside its encoding (GBK) becomes GB18030, as in the bank's export."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("gb18030")


def _write_pboc(delivery: SentDelivery, layout: PbocLayout) -> tuple[bytes, list[PrintedPlace]]:
    lines, places = [], []
    columns = {field: column for column, field in enumerate(layout.fields)}
    for number, record in enumerate(delivery.records, start=1):
        lines.append("|".join(str(record.get(field, "")) for field in layout.fields) + "\r\n")
        cells = {field: address(number - 1, column) for field, column in columns.items()}
        places.append(PrintedPlace("", number, cells))
    return "".join(lines).encode("gb18030"), places
