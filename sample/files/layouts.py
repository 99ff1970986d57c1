"""Layouts of six forms that each reporter lays out in its own way: wording, units, numbers, totals, boxes.

Headers are the contracts' own aliases, so that the wordings a clerk may use are listed in one place.
"""

from functools import cache

from sample.district.registers import COUNTY
from sample.district.sent import FormLayout, LedgerLayout, PbocLayout, SentColumn, SheetLayout
from sources.county.contract import Contract, TextContract
from sources.county.references import read_references


@cache
def contract(name: str) -> Contract:
    """Read the contract with whose headers a layout is worded."""
    return read_references(COUNTY).contracts[name]


def header(contract_name: str, field: str, wording: int) -> str:
    """Return the alias of a field in one of its wordings; the label itself for a column that is not read."""
    aliases = contract(contract_name).columns.get(field, [field])
    return aliases[min(wording, len(aliases) - 1)]


_VILLAGE_FIELDS = (
    ("village_code", ()),
    ("村负责人", ()),
    ("联系电话", ()),
    ("registered_households", ("户数与人口",)),
    ("registered_persons", ("户数与人口",)),
    ("resident_persons", ("户数与人口",)),
    ("has_bus_service", ("基础设施",)),
    ("has_hardened_road", ("基础设施",)),
    ("tap_water_households", ("基础设施",)),
    ("sanitary_toilet_households", ("人居环境",)),
    ("has_waste_collection", ("人居环境", "生活垃圾")),
    ("has_daily_waste_clearance", ("人居环境", "生活垃圾")),
    ("has_sewage_treatment", ("人居环境",)),
    ("备注", ()),
)
_ENTERPRISE_FIELDS = (
    ("序号", ()),
    ("enterprise_name", ("企业基本情况",)),
    ("credit_code", ("企业基本情况",)),
    ("法定代表人", ("企业基本情况",)),
    ("联系电话", ("企业基本情况",)),
    ("cluster", ("企业基本情况",)),
    ("leading_level", ("企业基本情况",)),
    ("is_above_scale", ("企业基本情况",)),
    ("sales_revenue_ytd_yuan", ("生产经营情况", "1月至报告期末累计")),
    ("output_value_ytd_yuan", ("生产经营情况", "1月至报告期末累计")),
    ("备注", ()),
)
_REGISTER_FIELDS = (
    ("序号", ()),
    ("note_number", ()),
    ("客户名称", ("借款人",)),
    ("borrower_key", ("借款人",)),
    ("borrower_type", ("借款人",)),
    ("联系电话", ("借款人",)),
    ("所属乡镇", ("借款人",)),
    ("village_code", ("借款人",)),
    ("amount_yuan", ("贷款情况",)),
    ("balance_yuan", ("贷款情况",)),
    ("rate_pct", ("贷款情况",)),
    ("grant_date", ("贷款情况",)),
    ("due_date", ("贷款情况",)),
    ("extension_count", ("贷款情况",)),
    ("five_class", ("贷款情况",)),
    ("purpose", ("贷款情况",)),
    ("grant_type", ("贷款情况",)),
    ("prior_note_number", ("贷款情况",)),
    ("还款账号", ()),
)

_TOURISM_FIELDS = (
    ("序号", ()),
    ("site_name", ()),
    ("village_code", ()),
    ("联系人", ()),
    ("联系电话", ()),
    ("visits", ("本月接待情况",)),
    ("revenue_yuan", ("本月接待情况",)),
    ("备注", ()),
)


def _columns(
    contract_name: str,
    fields: tuple[tuple[str, tuple[str, ...]], ...],
    wording: int,
    *,
    depth: int,
    without: tuple[str, ...] = (),
) -> tuple[SentColumn, ...]:
    """Make the columns of a form in one wording, under at most depth - 1 group headings."""
    return tuple(
        SentColumn(name, (*groups[: depth - 1], header(contract_name, name, wording)))
        for name, groups in fields
        if name not in without
    )


_EMPTY_SHEETS = ("Sheet2", "Sheet3")
_YEARBOOK_BOX = ("表    号：云乡村统1表", "制定机关：云冈区统计局", "有效期至：2023年12月")
_MONTH_BOX = ("表    号：云旅统1表", "制定机关：云冈区文化和旅游局", "批准机关：云冈区统计局")
_QUARTER_BOX = (
    "表    号：云农加统1表", "制定机关：云冈区农业农村局", "批准机关：云冈区统计局",
    "批准文号：云统字〔2021〕6号", "有效期至：2023年1月",
)  # fmt: skip


def village_layout(township: str, year: int) -> SheetLayout | FormLayout:
    """Return the layout in which a township sends 村基本情况年报."""
    if township == "yaeryai":
        return FormLayout("行政村基本情况（G102表）", _village_indicators())

    def columns(wording: int, depth: int, *without: str) -> tuple[SentColumn, ...]:
        return _columns("village_profile.summary", _VILLAGE_FIELDS, wording, depth=depth, without=without)

    match township:
        case "gaoshan":
            return SheetLayout(
                "村基本情况年报", columns(0, 2), sheet="村基本情况", box=_YEARBOOK_BOX,
                rules="6≤1，7≤1，3≤2",
            )  # fmt: skip
        case "yungang":
            return SheetLayout(
                f"{year}年云冈镇村基本情况统计年报表", columns(1, 3, "联系电话"), totals="none",
                numbers=("number", "text"), missing=("无", "/"), lines="beside", empty_sheets=_EMPTY_SHEETS,
            )  # fmt: skip
        case "kouquan":
            return SheetLayout(
                "云冈区行政村基本情况统计表", columns(2, 3), numbers=("full_width", "number"), lines="joined",
                yes_no=("√", "×"), blank_line_every=8, spaced_labels=True, notes_sheet=True,
            )  # fmt: skip
        case "xihanling":
            return SheetLayout(
                "村 基 本 情 况 年 报", columns(0, 3, "备注"), unit_place="row", totals="top", yes_no=(1, 0),
                missing=("--", "－"), box=_YEARBOOK_BOX, empty_sheets=("Sheet2",),
            )  # fmt: skip
        case _:
            return SheetLayout(
                "村基本情况年报", columns(1, 2, "村负责人", "联系电话"), unit_place="header",
                numbers=("number", "number", "thousands"), missing=("",), notes_sheet=True,
            )  # fmt: skip


def agri_layout(township: str, year: int, quarter: int) -> SheetLayout:
    """Return the layout in which a township sends 农产品加工企业统计表."""

    def columns(wording: int, depth: int, *without: str) -> tuple[SentColumn, ...]:
        return _columns("agri_processing.quarter", _ENTERPRISE_FIELDS, wording, depth=depth, without=without)

    title = "农产品加工企业统计表"
    match township:
        case "gaoshan":
            return SheetLayout(title, columns(0, 2), money_unit="万元", sheet="农产品加工", box=_QUARTER_BOX)
        case "yungang":
            return SheetLayout(
                "农产品加工企业生产经营情况表", columns(1, 2, "联系电话", "备注"), unit_place="header",
                totals="none", numbers=("thousands", "number"), lines="beside", empty_sheets=_EMPTY_SHEETS,
            )  # fmt: skip
        case "kouquan":
            return SheetLayout(
                f"云冈区{year}年农产品加工企业统计表", columns(0, 3), lines="joined", notes_sheet=True,
                numbers=("full_width", "number", "text"), subtotals_by="cluster", blank_line_every=9,
                spaced_labels=True,
            )  # fmt: skip
        case "xihanling":
            return SheetLayout(
                "农 产 品 加 工 企 业 统 计 表", columns(2, 3, "备注"), sheet=f"{quarter}季度",
                box=_QUARTER_BOX, money_unit="万元", unit_place="row", totals="top", yes_no=(1, 0),
                empty_sheets=("Sheet2",),
            )  # fmt: skip
        case "pingwang":
            return SheetLayout(
                title, columns(2, 2, "序号", "联系电话"), numbers=("text",),
                notes_sheet=True,
            )  # fmt: skip
        case _:
            return SheetLayout(title, columns(0, 1, "法定代表人", "备注"), money_unit="万元", sheet="一览表")


def tourism_layout(township: str, year: int) -> SheetLayout:
    """Return the layout in which a township sends 乡村旅游接待统计表."""

    def columns(wording: int, depth: int, *without: str) -> tuple[SentColumn, ...]:
        return _columns("rural_tourism.month", _TOURISM_FIELDS, wording, depth=depth, without=without)

    match township:
        case "gaoshan":
            return SheetLayout(
                "乡村旅游接待情况月报表", columns(1, 1, "联系人", "备注"), money_unit="万元",
                unit_place="header", box=_MONTH_BOX,
            )  # fmt: skip
        case "xihanling":
            return SheetLayout(
                "乡 村 旅 游 接 待 统 计 表", columns(2, 2, "序号"), unit_place="row", totals="top",
                numbers=("text",), box=_MONTH_BOX,
            )  # fmt: skip
        case "kouquan":
            return SheetLayout(
                f"云冈区{year}年乡村旅游接待情况统计表", columns(1, 2), lines="joined",
                numbers=("full_width", "number"), spaced_labels=True,
            )  # fmt: skip
        case _:
            return SheetLayout(
                "乡村旅游接待统计表", columns(0, 2), sheet="乡村旅游", numbers=("thousands", "number")
            )


def register_layout(day: str) -> SheetLayout:
    """Return the layout of 涉农贷款登记簿 as of a day (ISO date); amounts are in 万元 from 2022 on."""
    year = int(day[:4])
    columns = _columns("loan_note.citic_register", _REGISTER_FIELDS, year - 2021, depth=2)
    return SheetLayout(
        "涉农贷款登记簿" if year == 2021 else "涉农贷款明细表", columns, sheet="登记簿",
        money_unit="元" if year == 2021 else "万元", dates=("excel", "dot", "han", "compact"),
        missing=("/", "无", "—"), notes_sheet=year == 2022,
    )  # fmt: skip


_LEDGER_FIELDS = (
    "数据日期", "机构名称", "note_number", "客户名称", "borrower_key", "household_key", "borrower_type",
    "所属乡镇", "village_code", "amount_yuan", "balance_yuan", "rate_pct", "grant_date", "due_date",
    "extension_count", "five_class", "purpose", "grant_type", "prior_note_number", "贷款账号", "联系电话",
)  # fmt: skip
_UTF8_LEDGERS = ("2021-08-31", "2022-11-30")


def ledger_layout(day: str) -> LedgerLayout:
    """Return the ledger's layout as of a day (ISO date).

    Headers and formats changed with the bank's system in 2022.
    """
    wording = int(day[:4]) - 2021
    renamed = {"客户名称": "客户姓名", "所属乡镇": "乡镇"} if wording else {}
    return LedgerLayout(
        tuple(
            (name, renamed.get(name) or header("loan_note.rcb_ledger", name, wording))
            for name in _LEDGER_FIELDS
        ),
        encoding="utf-8-sig" if day in _UTF8_LEDGERS else "gbk",
        dates="iso" if wording == 0 else "compact",
        thousands=wording == 1,
        tab_after_numbers=wording == 1,
    )


def pboc_layout(contract_name: str) -> PbocLayout:
    """Return a PBOC file's layout: the fields of its contract in order. Raise TypeError for a workbook."""
    text_contract = contract(contract_name)
    if not isinstance(text_contract, TextContract):
        raise TypeError(f"{contract_name} is no text form")
    return PbocLayout(tuple(text_contract.text.fields))


def _village_indicators() -> tuple[tuple[str, str, str, str], ...]:
    """List field, name, unit and code of each line of the G102 form, in the order of their codes."""
    units = {"households": "户", "persons": "人"}
    columns = contract("village_profile.g102").columns
    lines = [
        (field, name, units.get(field.split("_")[-1], "—"), code) for field, (code, name) in columns.items()
    ]
    return (*sorted(lines, key=lambda line: line[3]), ("村负责人", "村负责人", "—", ""))
