"""Clean files: every file of the two years, as it would arrive if nobody made a mistake."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sample.district.chance import stream
from sample.district.enterprises import QUARTERS, Enterprise, make_agri_records, make_enterprises
from sample.district.loans import Note, draw_plain_notes, draw_rural_bank_notes
from sample.district.people import People, credit_code
from sample.district.registers import DistrictReporter, reporters, townships
from sample.district.sent import FormLayout, Record, SentFile
from sample.district.targets import Targets
from sample.district.times import month_ends, month_text, quarter_text
from sample.district.tourism import draw_months, make_site_records
from sample.district.villages import YEARS, make_village_records
from sample.files.books import make_flow_records, make_list_records, make_stock_records
from sample.files.filing import make_file
from sample.files.layouts import (
    agri_layout,
    ledger_layout,
    pboc_layout,
    register_layout,
    tourism_layout,
    village_layout,
)
from sample.form_files import form_files

_STATED_QUARTER = {"yungang": "digit", "kouquan": "months", "xihanling": "spread", "pingwang": "han"}
_QUARTER_IN_NAME = {"yungang": "han", "kouquan": "months", "xihanling": "code", "yaeryai": "digit"}
_STATED_MONTH = {"gaoshan": "zero", "kouquan": "han"}
_MONTH_IN_NAME = {"gaoshan": "compact", "kouquan": "han", "xihanling": "dot"}
_HTML_EXPORT = ("pingwang", 2021, 4)


def clean_files(seed: int, targets: Targets, scale: float, people: People) -> list[SentFile]:
    """Make one file per form, reporter and period, in no order of arrival."""
    enterprises = make_enterprises(seed, targets, scale)
    return [
        *_village_files(seed, targets, people),
        *_agri_files(seed, enterprises, people),
        *_ledger_files(seed, draw_rural_bank_notes(seed, targets, scale, people), people),
        *_pboc_files(seed, scale, people),
        *_register_files(seed, scale, people),
        *_tourism_files(seed, targets, people),
        *form_files(seed, targets, people),
    ]


def _village_files(seed: int, targets: Targets, people: People) -> Iterator[SentFile]:
    for township in townships():
        for year in YEARS:
            layout = village_layout(township.code, year)
            contract_name = f"village_profile.{'g102' if isinstance(layout, FormLayout) else 'summary'}"
            stated = f"{year}年度" if township.code in ("gaoshan", "pingwang") else f"{year}年"
            yield make_file(
                seed, people, township, contract_name, str(year),
                make_village_records(seed, targets, people, township, year), layout,
                stated_period=str(year) if township.code == "yungang" else stated,
                stem=f"{township.name}{year}年{'G102表' if township.code == 'yaeryai' else '村基本情况年报'}",
                suffix=".xls" if township.code == "yungang" and year == 2021 else ".xlsx",
            )  # fmt: skip


def _agri_files(seed: int, enterprises: list[Enterprise], people: People) -> Iterator[SentFile]:
    for township in townships():
        for year, quarter in QUARTERS:
            period, code = f"{year}-Q{quarter}", township.code
            in_name = quarter_text(period, _QUARTER_IN_NAME.get(code, ""))
            file = make_file(
                seed, people, township, "agri_processing.quarter", period,
                make_agri_records(enterprises, people, township, year, quarter),
                agri_layout(code, year, quarter),
                stated_period=quarter_text(period, _STATED_QUARTER.get(code, "")),
                stem=f"{township.name}{in_name}农产品加工{'报表' if code == 'kouquan' else '统计表'}",
                suffix=_agri_suffix(code, year, quarter),
            )  # fmt: skip
            if code == "xihanling":
                file.deliveries[0].memo = _make_memo(enterprises, people, township, year, quarter)
            if (code, year, quarter) == _HTML_EXPORT:
                file.kind, file.note = "html", "网页表格，扩展名为 .xls"
            yield file


def _ledger_files(seed: int, notes: list[Note], people: People) -> Iterator[SentFile]:
    bank = reporters()["rcb_yungang"]
    for day in month_ends():
        yield make_file(
            seed, people, bank, "loan_note.rcb_ledger", day.isoformat(),
            make_list_records(notes, day, bank.name), ledger_layout(day.isoformat()),
            stem=f"{bank.name}贷款台账{day:%Y%m%d}", suffix=".csv",
        )  # fmt: skip


def _pboc_files(seed: int, scale: float, people: People) -> Iterator[SentFile]:
    bank = reporters()["psbc_yungang"]
    organisation = credit_code(stream(seed, "bank code", bank.code))
    notes = draw_plain_notes(seed, bank.code, round(40 * scale), people, ("农户",))
    for day in month_ends():
        pair = (
            ("loan_note.pboc_stock", "CLGRDK", make_stock_records(notes, day, organisation)),
            ("loan_transaction.pboc_flow", "GRDKFS", make_flow_records(notes, day, organisation)),
        )
        for contract_name, table, records in pair:
            stem = f"{organisation}_{table}_{day:%Y%m%d}"
            layout = pboc_layout(contract_name)
            yield make_file(
                seed, people, bank, contract_name, day.isoformat(), records, layout, stem=stem, suffix=".dat"
            )


def _register_files(seed: int, scale: float, people: People) -> Iterator[SentFile]:
    bank = reporters()["citic_tongmei"]
    notes = draw_plain_notes(
        seed, bank.code, round(18 * scale), people, ("个体工商户", "非农户个人", "农户", None)
    )
    for day in month_ends(every=3):
        yield make_file(
            seed, people, bank, "loan_note.citic_register", day.isoformat(),
            make_list_records(notes, day, bank.name), register_layout(day.isoformat()),
            stated_period=_write_day(day), stem=f"{bank.name}涉农贷款登记簿{day:%Y%m%d}", suffix=".xlsx",
        )  # fmt: skip


def _tourism_files(seed: int, targets: Targets, people: People) -> Iterator[SentFile]:
    months = draw_months(seed, targets)
    for township in townships():
        for day in month_ends():
            period, code = f"{day:%Y-%m}", township.code
            in_name = month_text(period, _MONTH_IN_NAME.get(code, ""))
            if records := make_site_records(months, people, township, day.year, day.month):
                yield make_file(
                    seed, people, township, "rural_tourism.month", period, records,
                    tourism_layout(code, day.year),
                    stated_period=month_text(period, _STATED_MONTH.get(code, "")),
                    stem=f"{township.name}{in_name}乡村旅游接待统计表",
                    suffix=".xls" if code == "xihanling" else ".xlsx",
                )  # fmt: skip


def _agri_suffix(township: str, year: int, quarter: int) -> str:
    if (township == "yungang" and year == 2021) or (township, year, quarter) == _HTML_EXPORT:
        return ".xls"
    if township == "yaeryai":
        return ".xls" if year == 2021 else ".et"
    return ".xlsx"


def _make_memo(
    enterprises: list[Enterprise], people: People, township: DistrictReporter, year: int, quarter: int
) -> list[Record]:
    """Make the lines that are not data: 其中, and in 2022 上年同期 and 增减."""
    now = make_agri_records(enterprises, people, township, year, quarter)
    lines: list[Record] = [
        {"label": "其中：规模以上", **_sum_amounts([record for record in now if record["is_above_scale"]])}
    ]
    if year == 2022:
        before = _sum_amounts(make_agri_records(enterprises, people, township, year - 1, quarter))
        change = {
            name: f"{(_sum_amounts(now)[name] / value - 1) * 100:.1f}"
            for name, value in before.items()
            if value
        }
        lines += [{"label": "上年同期", **before}, {"label": "增减（%）", **change}]
    return lines


def _sum_amounts(records: list[Record]) -> dict[str, Decimal]:
    names = ("sales_revenue_ytd_yuan", "output_value_ytd_yuan")
    return {name: sum((Decimal(str(record[name])) for record in records), Decimal(0)) for name in names}


def _write_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day.month % 2 else day.isoformat()
