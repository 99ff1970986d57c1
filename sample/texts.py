"""Write a delivery as delimited text: the rural bank's ledger, and the two PBOC files."""

import csv
import io
from datetime import date
from decimal import Decimal

from sample.grid import PrintedPlace, address, date_text
from sample.sent import LedgerLayout, PbocLayout, SentDelivery, Value

_NUMBERS_AS_TEXT = ("borrower_key", "贷款账号")


def write_text(delivery: SentDelivery) -> tuple[bytes, list[PrintedPlace]]:
    """The bytes of a text file, and where each record landed (row = line, from 1)."""
    if isinstance(delivery.layout, LedgerLayout):
        return _ledger(delivery, delivery.layout)
    assert isinstance(delivery.layout, PbocLayout)
    return _pboc(delivery, delivery.layout)


def _ledger(delivery: SentDelivery, layout: LedgerLayout) -> tuple[bytes, list[PrintedPlace]]:
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow([header for _, header in layout.headers])
    places = []
    for line, record in enumerate(delivery.records, start=2):
        out.writerow([_ledger_value(field, record[field], layout) for field, _ in layout.headers])
        cells = {field: address(line - 1, column) for column, (field, _) in enumerate(layout.headers)}
        places.append(PrintedPlace("", line, cells))
    text.write(_trailer(delivery))
    return _encoded(text.getvalue(), layout.encoding), places


def _trailer(delivery: SentDelivery) -> str:
    amounts = [
        Decimal(str(line.get("amount_yuan", 0))) for line in [*delivery.records, delivery.total_errors]
    ]
    return f"合计笔数,{len(delivery.records)},发放金额合计,{sum(amounts):.2f}\r\n"


def _ledger_value(field: str, value: Value, layout: LedgerLayout) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return str(date_text(value, layout.dates))
    if isinstance(value, Decimal) and field.endswith("_yuan"):
        return f"{value:,.2f}" if layout.thousands else f"{value:.2f}"
    if layout.tab_after_numbers and field in _NUMBERS_AS_TEXT:
        return f"{value}\t"
    return str(value)


def _encoded(text: str, encoding: str) -> bytes:
    """GBK where it suffices; a name outside it makes the bank's export GB18030."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("gb18030")


def _pboc(delivery: SentDelivery, layout: PbocLayout) -> tuple[bytes, list[PrintedPlace]]:
    lines, places = [], []
    columns = {field: column for column, field in enumerate(layout.fields)}
    for number, record in enumerate(delivery.records, start=1):
        lines.append("|".join(str(record.get(field, "")) for field in layout.fields) + "\r\n")
        places.append(
            PrintedPlace(
                "", number, {field: address(number - 1, column) for field, column in columns.items()}
            )
        )
    return "".join(lines).encode("gb18030"), places
