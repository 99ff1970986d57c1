"""Faults: each function dirties one clean file and sets the rules that must reject it, or its rows.

The name of a function is published as the fault of a file in the manifest.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sample.district.chance import stream
from sample.district.people import with_wrong_check
from sample.district.sent import ErrorCell, SentColumn, SentDelivery, SentFile, SentReason, SheetLayout
from sample.district.times import period_end, quarter_text
from sample.files.containers import to_encrypted
from sample.files.sheets import required_fields, totalled_fields

Fault = Callable[[SentFile], None]
_TEN_THOUSAND = Decimal(10_000)


def wrong_control_total(file: SentFile) -> None:
    """Print a 合计 that is not the sum of its lines."""
    (delivery,) = file.deliveries
    delivery.total_errors = {totalled_fields(delivery)[0]: _TEN_THOUSAND}
    delivery.rule = "delivery__control_total"


def unknown_and_ambiguous_village(file: SentFile) -> None:
    """Write a village name with a wrong character, and a short form that could be three places."""
    (delivery,) = file.deliveries
    shortened = _find_record(delivery, "village_code", "口泉村")
    _break_rule(delivery, shortened, "village_code", "口泉", "ambiguous_place")
    miswritten = _find_record(delivery, "village_code", "下窝寨村")
    _break_rule(delivery, miswritten, "village_code", "下窝塞村", "unknown_place")


def words_and_impossible_count(file: SentFile) -> None:
    """Write a word for a number, and more households with sanitary toilets than there are."""
    (delivery,) = file.deliveries
    _break_rule(delivery, 2, "tap_water_households", "全部", "parse")
    households = delivery.records[5]["registered_households"]
    assert isinstance(households, int)
    delivery.records[5]["sanitary_toilet_households"] = households + 7
    delivery.reasons.append(
        SentReason(5, "sanitary_toilet_households", "row__sanitary_toilet_within_households")
    )


def a_zero_too_many(file: SentFile) -> None:
    """Survey ten times as many persons in a village as the year after: accepted, and marked as an outlier."""
    (delivery,) = file.deliveries
    record = delivery.records[3]
    record["surveyed_persons"] = int(str(record["surveyed_persons"])) * 10
    record["satisfied_persons"] = int(str(record["satisfied_persons"])) * 10


def missing_column(file: SentFile) -> None:
    """Leave out the last required column."""
    (delivery,) = file.deliveries
    layout = _sheet_layout(delivery)
    left_out = required_fields(delivery)[-1]
    delivery.layout = replace(layout, columns=tuple(c for c in layout.columns if c.field != left_out))
    delivery.rule = "delivery__missing_column"


def unknown_header(file: SentFile) -> None:
    """Add a column that the form does not have."""
    (delivery,) = file.deliveries
    layout = _sheet_layout(delivery)
    extra = SentColumn("从业人员", ("企业基本情况", "从业人员（人）"))
    delivery.layout = replace(layout, columns=(*layout.columns[:5], extra, *layout.columns[5:]))
    for number, record in enumerate(delivery.records):
        record["从业人员"] = 20 + number
    delivery.rule = "delivery__unknown_header"


def wrong_reporter(file: SentFile) -> None:
    """State another township's name above the table."""
    (delivery,) = file.deliveries
    delivery.stated_reporter = "平旺乡" if delivery.reporter.name != "平旺乡" else "高山镇"
    delivery.rule = "delivery__reporter_mismatch"


def wrong_period(file: SentFile) -> None:
    """State last quarter on the sheet, against the file's name, as when its form is filled again."""
    (delivery,) = file.deliveries
    year, quarter = delivery.period.split("-Q")
    delivery.stated_period = quarter_text(f"{year}-Q{int(quarter) - 1}", "han")
    delivery.rule = "delivery__period_mismatch"


def last_years_form(file: SentFile) -> None:
    """State last year on the sheet, against the file's name, as when its form is filled again."""
    (delivery,) = file.deliveries
    year = delivery.period[:4]
    delivery.stated_period = delivery.stated_period.replace(year, str(int(year) - 1))
    delivery.rule = "delivery__period_mismatch"


def unknown_unit(file: SentFile) -> None:
    """State amounts in a unit of measure that is not one of money."""
    (delivery,) = file.deliveries
    delivery.layout = replace(_sheet_layout(delivery), money_unit="万吨")
    delivery.rule = "delivery__unit_unknown"


def words_and_error_cell(file: SentFile) -> None:
    """Write a word in one cell for a number, and a formula's error in another."""
    (delivery,) = file.deliveries
    _break_rule(delivery, 1, "sales_revenue_ytd_yuan", "约三百多", "parse")
    _break_rule(delivery, 3, "output_value_ytd_yuan", ErrorCell("#DIV/0!"), "error_cell")


def wrong_code_and_repeated_line(file: SentFile) -> None:
    """Write a credit code whose check character is wrong, and list an enterprise twice."""
    (delivery,) = file.deliveries
    code = str(delivery.records[2]["credit_code"])
    _break_rule(delivery, 2, "credit_code", with_wrong_check(code), "check_character")
    delivery.records.insert(5, dict(delivery.records[4]))
    delivery.reasons += [SentReason(line, "credit_code", "key__duplicate") for line in (4, 5)]


def only_a_total(file: SentFile) -> None:
    """Delete the lines and leave the 合计."""
    (delivery,) = file.deliveries
    delivery.only_totals = True
    delivery.rule = "delivery__no_rows"


def cut_short(file: SentFile) -> None:
    """Cut off a workbook that was not copied to its end."""
    file.harm = lambda data: data[: len(data) * 2 // 3]
    file.deliveries[0].rule = "delivery__unreadable"


def locked_with_a_password(file: SentFile) -> None:
    """Lock a workbook with a password."""
    subject = file.path
    file.harm = lambda data: to_encrypted(stream(0, subject).randbytes(len(data)))
    file.deliveries[0].rule = "delivery__encrypted"


def broken_bytes(file: SentFile) -> None:
    """Put bytes of no encoding into a text."""
    file.harm = lambda data: data[: len(data) // 2] + b"\xff\xff\xff" + data[len(data) // 2 :]
    file.deliveries[0].rule = "delivery__undecodable"


def wrong_ledger_lines(file: SentFile) -> None:
    """Write an ID number with a wrong check digit, a balance above its amount, a place that could be three.

    Only in notes that an earlier ledger had, so that their disbursement is known all the same.
    """
    (delivery,) = file.deliveries
    first, second, third = _find_earlier_notes(delivery)[:3]
    id_number = str(delivery.records[first]["borrower_key"])
    _break_rule(delivery, first, "borrower_key", with_wrong_check(id_number), "check_digit")
    amount = delivery.records[second]["amount_yuan"]
    assert isinstance(amount, Decimal)
    delivery.records[second]["balance_yuan"] = amount + _TEN_THOUSAND
    delivery.reasons.append(SentReason(second, "balance_yuan", "row__balance_within_amount"))
    delivery.records[third]["所属乡镇"] = "口泉乡"
    _break_rule(delivery, third, "village_code", "口泉", "ambiguous_place")


def id_number_as_number(file: SentFile) -> None:
    """Store an ID number as a number, as Excel does, which loses its last digits."""
    (delivery,) = file.deliveries
    line = next(
        i for i in _find_earlier_notes(delivery) if str(delivery.records[i]["borrower_key"]).isdigit()
    )
    digits = str(delivery.records[line]["borrower_key"])
    _break_rule(delivery, line, "borrower_key", int(digits), "number_as_identifier")


def one_zero_too_many(file: SentFile) -> None:
    """Write a count with a zero too many, against a right 合计: the home's correction restores it."""
    (delivery,) = file.deliveries
    delivery.slips = {0: {"visits": f"{delivery.records[0]['visits']}0"}}


def _find_earlier_notes(delivery: SentDelivery) -> list[int]:
    """Find the records (by position) of notes granted over 100 days ago, which an earlier list has."""
    day = period_end(delivery.period)
    return [
        position
        for position, record in enumerate(delivery.records)
        if isinstance(record["grant_date"], date) and (day - record["grant_date"]).days > 100
    ]


def _break_rule(delivery: SentDelivery, record: int, field: str, value: str | int, rule: str) -> None:
    """Write a wrong value into a record's field and expect the field's rule to reject the record."""
    delivery.records[record][field] = value
    delivery.reasons.append(SentReason(record, field, f"{field}__{rule}"))


def _find_record(delivery: SentDelivery, field: str, value: str) -> int:
    return next(i for i, record in enumerate(delivery.records) if record[field] == value)


def _sheet_layout(delivery: SentDelivery) -> SheetLayout:
    assert isinstance(delivery.layout, SheetLayout)
    return delivery.layout
