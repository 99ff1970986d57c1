"""The ways in which files arrive dirty: each changes one clean file and states what must become of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sample.chance import stream
from sample.containers import encrypted
from sample.people import with_wrong_check
from sample.sent import ErrorCell, SentColumn, SentDelivery, SentFile, SentReason, SheetLayout
from sample.sheets import required, totalled
from sample.times import period_end, quarter_text

Fault = Callable[[SentFile], None]
_TEN_THOUSAND = Decimal(10_000)


def wrong_control_total(file: SentFile) -> None:
    """The printed 合计 is not the sum of its lines."""
    (delivery,) = file.deliveries
    delivery.total_errors = {totalled(delivery)[0]: _TEN_THOUSAND}
    delivery.rule = "delivery__control_total"


def unknown_and_ambiguous_village(file: SentFile) -> None:
    """A village name with a wrong character, and a short form that could be three places."""
    (delivery,) = file.deliveries
    _set(delivery, _line(delivery, "village_code", "口泉村"), "village_code", "口泉", "ambiguous_place")
    _set(delivery, _line(delivery, "village_code", "下窝寨村"), "village_code", "下窝塞村", "unknown_place")


def words_and_impossible_count(file: SentFile) -> None:
    """A word in a cell for a number, and more households with sanitary toilets than there are."""
    (delivery,) = file.deliveries
    _set(delivery, 2, "tap_water_households", "全部", "parse")
    households = delivery.records[5]["registered_households"]
    assert isinstance(households, int)
    delivery.records[5]["sanitary_toilet_households"] = households + 7
    delivery.reasons.append(
        SentReason(5, "sanitary_toilet_households", "row__sanitary_toilet_within_households")
    )


def a_zero_too_many(file: SentFile) -> None:
    """A village where ten times as many were asked as the year after: accepted, and found odd."""
    (delivery,) = file.deliveries
    record = delivery.records[3]
    record["surveyed_persons"] = int(str(record["surveyed_persons"])) * 10
    record["satisfied_persons"] = int(str(record["satisfied_persons"])) * 10


def missing_column(file: SentFile) -> None:
    """The last required column was left out."""
    (delivery,) = file.deliveries
    layout = _sheet_layout(delivery)
    left_out = required(delivery)[-1]
    delivery.layout = replace(layout, columns=tuple(c for c in layout.columns if c.field != left_out))
    delivery.rule = "delivery__missing_column"


def unknown_header(file: SentFile) -> None:
    """A column that the form does not have."""
    (delivery,) = file.deliveries
    layout = _sheet_layout(delivery)
    extra = SentColumn("从业人员", ("企业基本情况", "从业人员（人）"))
    delivery.layout = replace(layout, columns=(*layout.columns[:5], extra, *layout.columns[5:]))
    for number, record in enumerate(delivery.records):
        record["从业人员"] = 20 + number
    delivery.rule = "delivery__unknown_header"


def wrong_reporter(file: SentFile) -> None:
    """Another township's name over the sheet."""
    (delivery,) = file.deliveries
    delivery.stated_reporter = "平旺乡" if delivery.reporter.name != "平旺乡" else "高山镇"
    delivery.rule = "delivery__reporter_mismatch"


def wrong_period(file: SentFile) -> None:
    """Last quarter's form filled again: the sheet and the file's name differ."""
    (delivery,) = file.deliveries
    year, quarter = delivery.period.split("-Q")
    delivery.stated_period = quarter_text(f"{year}-Q{int(quarter) - 1}", "han")
    delivery.rule = "delivery__period_mismatch"


def last_years_form(file: SentFile) -> None:
    """Last year's form filled again: the sheet and the file's name differ."""
    (delivery,) = file.deliveries
    year = delivery.period[:4]
    delivery.stated_period = delivery.stated_period.replace(year, str(int(year) - 1))
    delivery.rule = "delivery__period_mismatch"


def unknown_unit(file: SentFile) -> None:
    """Amounts in a unit of measure that is not one of money."""
    (delivery,) = file.deliveries
    delivery.layout = replace(_sheet_layout(delivery), money_unit="万吨")
    delivery.rule = "delivery__unit_unknown"


def words_and_error_cell(file: SentFile) -> None:
    """A word in a cell for a number, and a formula's error in another."""
    (delivery,) = file.deliveries
    _set(delivery, 1, "sales_revenue_ytd_yuan", "约三百多", "parse")
    _set(delivery, 3, "output_value_ytd_yuan", ErrorCell("#DIV/0!"), "error_cell")


def wrong_code_and_repeated_line(file: SentFile) -> None:
    """A credit code whose check character is wrong, and an enterprise listed twice."""
    (delivery,) = file.deliveries
    code = str(delivery.records[2]["credit_code"])
    _set(delivery, 2, "credit_code", with_wrong_check(code), "check_character")
    delivery.records.insert(5, dict(delivery.records[4]))
    delivery.reasons += [SentReason(line, "credit_code", "key__duplicate") for line in (4, 5)]


def only_a_total(file: SentFile) -> None:
    """The lines were deleted, the 合计 was left."""
    (delivery,) = file.deliveries
    delivery.only_totals = True
    delivery.rule = "delivery__no_rows"


def cut_short(file: SentFile) -> None:
    """A workbook that was not copied to its end."""
    file.harm = lambda data: data[: len(data) * 2 // 3]
    file.deliveries[0].rule = "delivery__unreadable"


def locked_with_a_password(file: SentFile) -> None:
    """A workbook that only opens with a password."""
    subject = file.path
    file.harm = lambda data: encrypted(stream(0, subject).randbytes(len(data)))
    file.deliveries[0].rule = "delivery__encrypted"


def broken_bytes(file: SentFile) -> None:
    """A text in no encoding."""
    file.harm = lambda data: data[: len(data) // 2] + b"\xff\xff\xff" + data[len(data) // 2 :]
    file.deliveries[0].rule = "delivery__undecodable"


def wrong_ledger_lines(file: SentFile) -> None:
    """An ID number with a wrong check digit, a balance above its amount, a place that could be three.

    Only notes that an earlier ledger had, so that what was disbursed is known all the same.
    """
    (delivery,) = file.deliveries
    first, second, third = _known_before(delivery)[:3]
    id_number = str(delivery.records[first]["borrower_key"])
    _set(delivery, first, "borrower_key", with_wrong_check(id_number), "check_digit")
    amount = delivery.records[second]["amount_yuan"]
    assert isinstance(amount, Decimal)
    delivery.records[second]["balance_yuan"] = amount + _TEN_THOUSAND
    delivery.reasons.append(SentReason(second, "balance_yuan", "row__balance_within_amount"))
    delivery.records[third]["所属乡镇"] = "口泉乡"
    _set(delivery, third, "village_code", "口泉", "ambiguous_place")


def id_number_as_number(file: SentFile) -> None:
    """Excel kept an ID number as a number, and lost its last digits."""
    (delivery,) = file.deliveries
    line = next(i for i in _known_before(delivery) if str(delivery.records[i]["borrower_key"]).isdigit())
    _set(
        delivery,
        line,
        "borrower_key",
        int(str(delivery.records[line]["borrower_key"])),
        "number_as_identifier",
    )


def one_zero_too_many(file: SentFile) -> None:
    """A count with a zero too many under a 合计 that knows better: read as the home's correction says."""
    (delivery,) = file.deliveries
    delivery.slips = {0: {"visits": f"{delivery.records[0]['visits']}0"}}


def _known_before(delivery: SentDelivery) -> list[int]:
    """Records of notes that were granted long enough ago to be in an earlier list."""
    day = period_end(delivery.period)
    return [
        i
        for i, r in enumerate(delivery.records)
        if isinstance(r["grant_date"], date) and (day - r["grant_date"]).days > 100
    ]


def _set(delivery: SentDelivery, record: int, field: str, value: str | int, rule: str) -> None:
    delivery.records[record][field] = value
    delivery.reasons.append(SentReason(record, field, f"{field}__{rule}"))


def _line(delivery: SentDelivery, field: str, value: str) -> int:
    return next(i for i, record in enumerate(delivery.records) if record[field] == value)


def _sheet_layout(delivery: SentDelivery) -> SheetLayout:
    assert isinstance(delivery.layout, SheetLayout)
    return delivery.layout
