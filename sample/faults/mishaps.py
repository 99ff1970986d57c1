"""Mishaps of the sample, by delivery: files that go wrong, come late, are sent again, or never come."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from sample.district.chance import floor_to, stream
from sample.district.sent import SentDelivery, SentFile, SheetLayout
from sample.district.times import move_later
from sample.faults import faults

Key = tuple[str, str, str]
"""Table, reporter, period."""

NEVER_SENT: tuple[Key, ...] = (
    ("agri_processing", "yaeryai", "2021-Q1"),
    ("loan_transaction", "psbc_yungang", "2022-08-31"),
)
_SENT_TOGETHER = (("agri_processing", "yaeryai", "2021-Q2"), ("agri_processing", "yaeryai", "2021-Q3"))
_LATE_DAYS: dict[Key, int] = {
    ("village_profile", "gaoshan", "2021"): 24,
    ("agri_processing", "yungang", "2021-Q2"): 12,
    ("agri_processing", "kouquan", "2022-Q3"): 19,
    ("loan_note", "rcb_yungang", "2022-05-31"): 15,
    ("loan_note", "psbc_yungang", "2021-05-31"): 20,
    ("loan_note", "citic_tongmei", "2022-06-30"): 16,
}
_CORRECTED: dict[Key, faults.Fault] = {
    ("village_profile", "kouquan", "2021"): faults.unknown_and_ambiguous_village,
    ("village_profile", "yaeryai", "2022"): faults.words_and_impossible_count,
    ("village_profile", "xihanling", "2021"): faults.missing_column,
    ("village_profile", "yungang", "2022"): faults.wrong_reporter,
    ("agri_processing", "yungang", "2021-Q3"): faults.words_and_error_cell,
    ("agri_processing", "pingwang", "2021-Q3"): faults.only_a_total,
    ("agri_processing", "xihanling", "2021-Q4"): faults.locked_with_a_password,
    ("agri_processing", "kouquan", "2022-Q1"): faults.wrong_code_and_repeated_line,
    ("agri_processing", "xihanling", "2022-Q2"): faults.unknown_header,
    ("agri_processing", "yaeryai", "2022-Q2"): faults.unknown_unit,
    ("agri_processing", "pingwang", "2022-Q3"): faults.wrong_period,
    ("agri_processing", "gaoshan", "2022-Q3"): faults.cut_short,
    ("loan_note", "rcb_yungang", "2021-10-31"): faults.wrong_control_total,
    ("loan_note", "rcb_yungang", "2022-03-31"): faults.broken_bytes,
    ("rural_tourism", "yungang", "2021-07"): faults.wrong_reporter,
    ("rural_tourism", "gaoshan", "2022-05"): faults.unknown_unit,
    ("rural_tourism", "xihanling", "2022-10"): faults.wrong_control_total,
}
_NOT_CORRECTED: dict[Key, faults.Fault] = {
    ("loan_note", "rcb_yungang", "2021-06-30"): faults.wrong_ledger_lines,
    ("loan_note", "citic_tongmei", "2022-06-30"): faults.id_number_as_number,
}
_READ_AS_CORRECTED: dict[Key, faults.Fault] = {
    ("rural_tourism", "yungang", "2022-08"): faults.one_zero_too_many,
}
_DOUBTFUL: dict[Key, faults.Fault] = {
    ("satisfaction_survey", "rural_work_office", "2021"): faults.a_zero_too_many,
}
_SPOILT_REVISION: dict[Key, faults.Fault] = {
    ("agri_processing", "kouquan", "2022-Q2"): faults.wrong_control_total,
}
_REVISED: tuple[Key, ...] = (
    ("village_profile", "yungang", "2021"),
    ("village_profile", "pingwang", "2022"),
    ("agri_processing", "gaoshan", "2021-Q4"),
    ("agri_processing", "gaoshan", "2022-Q1"),
    ("agri_processing", "gaoshan", "2022-Q4"),
    ("agri_processing", "yungang", "2021-Q1"),
    ("agri_processing", "yungang", "2022-Q4"),
    ("agri_processing", "kouquan", "2021-Q4"),
    ("agri_processing", "kouquan", "2022-Q4"),
    ("agri_processing", "xihanling", "2021-Q2"),
    ("agri_processing", "xihanling", "2021-Q3"),
    ("agri_processing", "xihanling", "2022-Q4"),
    ("agri_processing", "pingwang", "2022-Q4"),
    ("agri_processing", "yungang", "2022-Q3"),
    ("agri_processing", "kouquan", "2021-Q1"),
    ("agri_processing", "pingwang", "2021-Q1"),
    ("agri_processing", "yaeryai", "2022-Q4"),
    ("village_profile", "gaoshan", "2022"),
    ("loan_note", "rcb_yungang", "2021-04-30"),
    ("loan_note", "rcb_yungang", "2021-12-31"),
    ("loan_note", "rcb_yungang", "2022-09-30"),
    ("loan_note", "citic_tongmei", "2022-09-30"),
)
_SENT_TWICE: tuple[Key, ...] = (
    ("village_profile", "xihanling", "2022"),
    ("agri_processing", "gaoshan", "2021-Q1"),
    ("agri_processing", "pingwang", "2021-Q4"),
    ("agri_processing", "kouquan", "2021-Q3"),
    ("loan_note", "rcb_yungang", "2021-02-28"),
    ("loan_note", "citic_tongmei", "2021-12-31"),
)
_TAKEN_BACK: tuple[Key, ...] = (
    ("agri_processing", "yungang", "2021-Q4"),
    ("agri_processing", "pingwang", "2022-Q1"),
)


def apply_mishaps(clean: Iterable[SentFile], seed: int) -> list[SentFile]:
    """Turn clean files into the files as they really arrive, ordered by time of arrival."""
    files = {file.deliveries[0].key: file for file in clean if file.deliveries[0].key not in NEVER_SENT}
    for key, days in _LATE_DAYS.items():
        files[key].arrival = move_later(files[key].arrival, days)
    _send_together(files)
    sent = list(files.values())
    for key, fault in (_CORRECTED | _draw_faults(files, seed)).items():
        sent.append(_copy_spoilt(files[key], fault))
        files[key].stem += "（更正）"
        files[key].arrival = move_later(files[key].arrival, 3)
    for key, fault in (_NOT_CORRECTED | _READ_AS_CORRECTED).items():
        fault(files[key])
        files[key].fault = fault.__name__
    for key, fault in _DOUBTFUL.items():
        fault(files[key])
        files[key].note = "照收：有一个数与同类、历史相差悬殊，只提醒"
    for key, fault in _SPOILT_REVISION.items():
        spoilt = _send_again(_copy_spoilt(files[key], fault), 12, "（修订）")
        spoilt.note = "此后没有再报：此前的报送继续有效"
        sent.append(spoilt)
    for key in _REVISED:
        sent.append(_make_preliminary(files[key]))
        files[key].stem += "（定稿）"
        files[key].arrival = move_later(files[key].arrival, 9)
    sent += [_send_again(files[key], 1, "(1)") for key in _SENT_TWICE]
    for key in _TAKEN_BACK:
        sent += [
            _send_again(_make_preliminary(files[key]), 5, "（修改）"),
            _send_again(files[key], 9, "（以此为准）"),
        ]
    return sorted(sent, key=lambda file: (file.arrival, file.path))


def _draw_faults(files: dict[Key, SentFile], seed: int) -> dict[Key, faults.Fault]:
    """Draw one corrected fault for each table that has none in the lists above."""
    listed = {table for table, _, _ in (*_CORRECTED, *_NOT_CORRECTED)}
    drawn: dict[Key, faults.Fault] = {}
    for table in sorted({table for table, _, _ in files} - listed - {"loan_transaction"}):
        rng = stream(seed, "fault", table)
        key = rng.choice(sorted(key for key in files if key[0] == table))
        drawn[key] = rng.choice(usual_faults(files[key]))
    return drawn


def usual_faults(file: SentFile) -> list[faults.Fault]:
    """List the faults that any file of one sheet can have."""
    usual: list[faults.Fault] = [
        faults.missing_column,
        faults.unknown_header,
        faults.wrong_reporter,
        faults.last_years_form,
    ]
    layout = file.deliveries[0].layout
    has_totals = isinstance(layout, SheetLayout) and layout.totals != "none"
    return usual + [faults.wrong_control_total] * has_totals


def _send_together(files: dict[Key, SentFile]) -> None:
    """Put two quarters into one workbook, sent when the later one is due."""
    first, second = (files[key] for key in _SENT_TOGETHER)
    second.deliveries.insert(0, first.deliveries[0])
    second.stem = f"{second.folder}农产品加工统计表补报"
    second.note = "一个文件含两个报告期"
    for delivery, name in zip(second.deliveries, ("二季度", "三季度"), strict=True):
        delivery.layout = _rename_sheet(delivery, name)
    del files[_SENT_TOGETHER[0]]


def _rename_sheet(delivery: SentDelivery, sheet: str) -> SheetLayout:
    assert isinstance(delivery.layout, SheetLayout)
    return replace(delivery.layout, sheet=sheet)


def _copy_spoilt(file: SentFile, fault: faults.Fault) -> SentFile:
    """Copy a file and let a fault spoil the copy."""
    spoilt = deepcopy(file)
    fault(spoilt)
    spoilt.fault = fault.__name__
    return spoilt


def _send_again(file: SentFile, days: int, mark: str) -> SentFile:
    """Copy a file that is sent again some days later, with a mark behind its name."""
    again = deepcopy(file)
    again.stem += mark
    again.arrival = move_later(file.arrival, days)
    return again


def _make_preliminary(file: SentFile) -> SentFile:
    """Make a first version of a file with other figures, which the final one replaces."""
    first = deepcopy(file)
    for delivery in first.deliveries:
        _change_figures(delivery)
    return first


def _change_figures(delivery: SentDelivery) -> None:
    first, *others = delivery.records
    match delivery.table:
        case "agri_processing":
            for name in ("sales_revenue_ytd_yuan", "output_value_ytd_yuan"):
                first[name] = floor_to(Decimal(str(first[name])) * 9 / 10, Decimal(100))
        case "village_profile":
            first["has_bus_service"] = not first["has_bus_service"]
            others[0]["registered_persons"] = int(str(others[0]["registered_persons"])) + 3
        case _:
            delivery.records.pop()
