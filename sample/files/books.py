"""Records of the banks' forms, made from loan notes: ledger and register of a day, PBOC pair of a month."""

from datetime import date
from decimal import Decimal

from sample.district.loans import Note
from sample.district.sent import Record

_ORGANISATION = {
    "ORG_NUM": "0140214001",
    "ORG_AREA_COD": "140214",
    "REG_AREA_CODE": "140214",
    "CUST_ID_TYPE": "B01",
}
_TERMS = {
    "PRODUCT_TYPE": "F022", "CURR_CODE": "CNY", "INT_RATE_TYPE": "RF01", "PRI_BENCH_MARK": "TR01",
    "BASE_INT_RAT": "3.85", "FINA_SUPPORT_FLG": "A0101", "GUAR_TYPE": "D", "FIRST_LOAN_FLG": "0",
}  # fmt: skip
_CLASS_CODES = {"正常": "FQ01", "关注": "FQ02", "次级": "FQ03", "可疑": "FQ04", "损失": "FQ05"}
_LOAN_TYPES = {"借新还旧": "01", "无还本续贷": "02", "展期": "03"}


def list_outstanding(notes: list[Note], on: date) -> list[Note]:
    """List the notes outstanding on a day: granted by then, and not settled before its month."""
    first_of_month = on.replace(day=1)
    return [
        note
        for note in notes
        if note.grant_date <= on and (note.settled_on is None or note.settled_on >= first_of_month)
    ]


def make_list_records(notes: list[Note], on: date, bank_name: str) -> list[Record]:
    """Make the lines of a ledger or register as of a day."""
    return [_make_list_record(note, on, bank_name) for note in list_outstanding(notes, on)]


def _make_list_record(note: Note, on: date, bank_name: str) -> Record:
    return {
        "数据日期": on,
        "机构名称": bank_name,
        "note_number": note.number,
        "客户名称": note.borrower.name,
        "borrower_key": note.borrower.id_number,
        "household_key": note.household,
        "borrower_type": note.borrower_type,
        "所属乡镇": note.village.township if note.village else None,
        "village_code": note.village.name if note.village else None,
        "amount_yuan": note.amount,
        "balance_yuan": note.balance(on),
        "rate_pct": note.rate_pct,
        "grant_date": note.grant_date,
        "due_date": note.due_date,
        "extension_count": note.extension_count,
        "five_class": note.five_class,
        "purpose": note.purpose,
        "grant_type": note.grant_type,
        "prior_note_number": note.prior_number,
        "贷款账号": note.borrower.account,
        "还款账号": note.borrower.account,
        "联系电话": note.borrower.phone,
    }


def make_stock_records(notes: list[Note], on: date, organisation_code: str) -> list[Record]:
    """Make the lines of CLGRDK (stock) at a month's end."""
    return [
        _make_pboc_record(note, on, organisation_code)
        | {
            "BALANCE": f"{note.balance(on):.2f}",
            "BALANCE_RMB": f"{note.balance(on):.2f}",
            "LOAN_CLASSIFY": _CLASS_CODES[note.five_class],
            "LOAN_STATUS": "LS01",
        }
        for note in list_outstanding(notes, on)
    ]


def make_flow_records(notes: list[Note], on: date, organisation_code: str) -> list[Record]:
    """Make the lines of GRDKFS (flow) of the month that ends on a day, by day and note; grants first."""
    granted = [(note.grant_date, note, note.amount, "1") for note in notes]
    recovered = [(day, note, amount, "0") for note in notes for day, amount in note.repayments]
    in_month = [event for event in granted + recovered if on.replace(day=1) <= event[0] <= on]
    return [
        _make_pboc_record(note, on, organisation_code) | _make_transaction(note, day, amount, kind, serial)
        for serial, (day, note, amount, kind) in enumerate(
            sorted(in_month, key=lambda e: (e[0], e[1].number)), start=1
        )
    ]


def _make_transaction(note: Note, day: date, amount: Decimal, kind: str, serial: int) -> Record:
    is_settled = kind == "0" and note.settled_on == day
    return {
        "TRANS_AMT": f"{amount:.2f}",
        "TRANS_AMT_RMB": f"{amount:.2f}",
        "LOAN_TYPE": _LOAN_TYPES.get(note.grant_type, ""),
        "LOAN_ACTUAL_DUE_DATE": day.isoformat() if is_settled else "",
        "TRANS_TYPE": kind,
        "SERIAL_NO": f"{day:%Y%m%d}{serial:04}",
    }


def _make_pboc_record(note: Note, on: date, organisation_code: str) -> Record:
    return {
        "DATA_DATE": f"{on:%Y%m%d}",
        "ORG_CODE": organisation_code,
        **_ORGANISATION,
        "CUST_ID_NO": note.borrower.id_number,
        "LOAN_NUM": note.number,
        "CONTRACT_CODE": f"HT{note.number}",
        **_TERMS,
        "LOAN_GRANT_DATE": note.grant_date.isoformat(),
        "LOAN_DUE_DATE": note.due_date.isoformat(),
        "INT_RATE": f"{note.rate_pct:.4f}",
        "USEOFUNDS": note.purpose,
    }
