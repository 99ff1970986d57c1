"""Contracts are held against tables and reporters before anything is read; a fault says where, what and what is allowed."""

import re
from pathlib import Path

import pytest

from tests.sources.county.county_folder import REPORTERS, Change, add, put, refusal_of_stock

GRID, LEDGER = "contracts/grid.register.toml", "contracts/loan_note.rcb_ledger.toml"
STOCK = "contracts/loan_note.pboc_stock.toml"

CONTRACTS = [
    (put(GRID, "due_days", "due_day"), "第 6 行 due_day：没有这一项，是否应为 due_days；可以写：.*title"),
    (
        put(GRID, '"year"', '"weekly"'),
        "第 5 行 cadence：“weekly”应为 ten_days、month、quarter、half、year 或 once",
    ),
    (put(GRID, "due_days = 31", 'due_days = "月底"'), "第 6 行 due_days：“月底”应为整数"),
    (put(GRID, "due_days = 31", "due_days = -1"), "第 6 行 due_days：“-1”应不小于 0"),
    (put(GRID, "due_days = 31\n", ""), "due_days：缺少这一项，应为整数"),
    (
        put(GRID, '["township", "subdistrict"]', '"township"'),
        "reporters：“township”应为方括号里的清单，各项为带引号的文本",
    ),
    (
        put(GRID, '"list:place_code"', '"villages"'),
        "frame：“villages”应形如 none、printed、register、stock、list:字段",
    ),
    (
        put(GRID, "[workbook]", "[workbook]\nheader_row = 2"),
        "第 13 行 workbook.header_row：没有这一项，是否应为 header_rows",
    ),
    (put(GRID, "[workbook]", "[workbook]\nheader_rows = 9"), "workbook.header_rows：“9”应不大于 8"),
    (put(GRID, "[workbook]", "[workbok]"), r"应有 \[workbook\]、\[text\] 两节之一"),
    (
        put(GRID, "[columns]", "[columns]\nhouses = ['房屋']"),
        "第 16 行 columns.houses：表 grid 没有字段 houses，是否应为 households；可以写：grid_code、",
    ),
    (put(GRID, "[columns]", "[columns]\nbuilding = ['楼']"), "表 grid 没有字段 building，是否应为 buildings"),
    (
        put(GRID, 'households = ["户数"', 'households = ["楼栋数"'),
        "columns：表头“楼栋数”既是 households 又是 buildings",
    ),
    (
        put(GRID, 'grid_name = ["网格名称", "网格"]\n', ""),
        "第 15 行 columns：缺少字段 grid_name（网格名称）的表头；此字段必填",
    ),
    (put(GRID, '["网格名称", "网格"]', "[]"), "columns.grid_name：没有写表头"),
    (
        put(GRID, 'table = "grid"', 'table = "grids"'),
        "第 2 行 table：没有表 grids，是否应为 grid；可以写：agri_output、",
    ),
    (
        put(GRID, 'table = "grid"', 'table = "grid_issue"'),
        "table：表为 grid_issue，文件名应以 grid_issue. 开头",
    ),
    (
        put(GRID, '"township", ', '"townships", '),
        "第 4 行 reporters：没有类别 townships，是否应为 township；可以写：township、subdistrict",
    ),
    (
        put(LEDGER, "rcb_yungang", "rcb_yunguang"),
        "第 4 行 reporters：reporters.csv 里没有 bank 类的填报单位 rcb_yunguang，是否应为 rcb_yungang",
    ),
    (put(GRID, 'reporters = ["township", "subdistrict"]\n', ""), "reporters：没有写谁报送"),
    (
        put(GRID, '["*"] ', '["gaosan"] '),
        "totals_left_out_by：reporters.csv 里没有填报单位 gaosan，是否应为 gaoshan",
    ),
    (
        put(GRID, "list:place_code", "list:place"),
        "第 7 行 frame：表 grid 没有字段 place，是否应为 place_code",
    ),
    (
        put("contracts/grid_person.roster.toml", "form:grid", "form:grids"),
        "frame：没有表 grids，是否应为 grid",
    ),
    (
        put(GRID, "[workbook]", "not_totalled = ['floors']\n[workbook]"),
        "not_totalled：表 grid 没有字段 floors",
    ),
    (
        put(GRID, "[workbook]", "[workbook.lines]\nvillage = ['村']\n[workbook]"),
        "workbook.lines.village：表 grid 没有字段 village",
    ),
    (
        put(
            GRID,
            '"居民户数"]\nparty_centre_households = [',
            '"{year}年户数"]\nparty_centre_households = ["第{year}年户数", ',
        ),
        "columns.party_centre_households：表头“第{year}年户数”填入报告期后既是 households 又是 party_centre_households",
    ),
    (add(GRID, "[units]", "area_mu = '亩'"), "units.area_mu：表 grid 没有字段 area_mu"),
    (add(GRID, "[units]", "households = '庹'"), "units.households：计量单位“庹”不认得；应如元、万元、亩"),
    (
        add(GRID, "[units]", "households = '亩'"),
        "units.households：“亩”与 households 的计量单位不合；应与户同类",
    ),
    (add(GRID, "[units]", "grid_name = '户'"), "units.grid_name：grid_name 没有计量单位，不能写 units"),
    (add(GRID, "[numeric_codes]", "households = 3"), "numeric_codes.households：households 不是编号"),
    (add(GRID, "[numeric_codes]", "grid_code = true"), "numeric_codes.grid_code：“true”应为整数"),
    (add(GRID, "[numeric_codes]", "grid_code = 17"), "numeric_codes.grid_code：“17”应不大于 16"),
    (
        add(LEDGER, "[numeric_codes]", "note_number = 9"),
        "numeric_codes.note_number：文本文件里没有存成数字的",
    ),
    (add(GRID, "[places.level]", "grid_name = 'village'"), "places.level.grid_name：grid_name 不是地名"),
    (
        add(GRID, "[places.level]", "place_code = 'hamlet'"),
        "places.level.place_code：“hamlet”应为 village、community、village_level",
    ),
    (
        put(GRID, '["户数"', '["{yaer}年户数"'),
        "第 .* 行 columns.households：表头里不能写 {yaer}；可以写：{year}、{last_year}",
    ),
    (put(GRID, '["户数"', '["{year}年{quarter}季度户数"'), "表头里不能写 {quarter}"),
    (
        put(GRID, "[ignored_columns]", '[ignored_columns]\n"{month}月" = "不取"'),
        "ignored_columns.{month}月：表头里不能写 {month}",
    ),
    (
        put(LEDGER, 'amount_yuan = ["', 'amount_yuan = ["{year}年", "'),
        "columns.amount_yuan：文本文件的表头里不能写报告期",
    ),
    (add(GRID, "[formats]", "opened_on = '%Y%m%d'"), "formats.opened_on：表 grid 没有字段 opened_on"),
    (add(GRID, "[formats]", "households = '%Y%m%d'"), "formats.households：households 不是日期"),
    (add(LEDGER, "[formats]", "due_date = '%d/%m'"), "formats.due_date：“%d/%m”不是年、月、日俱全的日期格式"),
    (
        put(LEDGER, '"养牛" = "养殖"', '"养牛" = "牧业"'),
        "第 .* 行 values.purpose.养牛：purpose 没有取值“牧业”；可以写：.*养殖",
    ),
    (put(LEDGER, r"(?P<date>\d{8})", r"(?P<day>\d{8})"), "text：file_name 须有名为 date 的一组"),
    (
        put(LEDGER, r"(?P<date>\d{8})", r"(?P<date>\d{8}"),
        "text.file_name：不是正则表达式：第 1 个字符处写法不对",
    ),
    (
        put(LEDGER, "?P<amount_yuan>", "?P<amount>"),
        "text.trailer：表 loan_note 没有字段 amount，是否应为 amount_yuan",
    ),
    (put(LEDGER, '"double"', '"single"'), "text.quote：“single”应为 none 或 double"),
    (
        put(LEDGER, "header = true", "header = false"),
        "text：有表头（header = true）的不写 fields，没有表头的须写",
    ),
    (
        put(STOCK, '"LOAN_NUM"]', '"LOAN_NO"]'),
        "columns.note_number：fields 里没有 LOAN_NO，是否应为 LOAN_NUM",
    ),
    (
        put(STOCK, "pboc_flow", "pboc_flows"),
        "pairs_with：没有表式 loan_transaction.pboc_flows，是否应为 loan_transaction.pboc_flow",
    ),
    (
        put(GRID, 'cadence = "year"', "cadence = year"),
        "grid.register.toml 第 5 行：不是 TOML，值的写法不对；文本要加引号",
    ),
    (
        put(GRID, "[columns]", "网格 = 1\n[columns]"),
        "第 15 行：不是 TOML，这一行写法不对；应写作 名称 = 值，中文的名称要加引号",
    ),
    (put(GRID, "due_days = 31", "due_days = 31\ndue_days = 30"), "第 7 行：不是 TOML，同一项写了两次"),
    (add("contracts/grid.toml", "table = 'grid'"), "grid.toml 的文件名不对；应为 表.版式.toml"),
    (
        put("contracts/defaults.toml", "footer", "foter"),
        "defaults.toml 有误：第 8 行 workbook.foter：没有这一项，是否应为 footer",
    ),
    (
        put("contracts/defaults.toml", "[rows]", "[row]"),
        "defaults.toml 有误：第 11 行 row：没有这一项，是否应为 rows",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), CONTRACTS)
def test_a_fault_in_a_contract_is_named_with_line_and_what_is_allowed(
    change: Change, sentence: str, stock_folder: Path
) -> None:
    change(stock_folder)
    assert re.search(sentence, refusal_of_stock(stock_folder))


def test_a_form_that_nobody_sends_is_refused(stock_folder: Path) -> None:
    path = stock_folder / REPORTERS
    kept = [line for line in path.read_text("utf-8").splitlines() if ",subdistrict," not in line]
    path.write_text("\n".join(kept), "utf-8")
    assert (
        "reporters：reporters.csv 里没有 subdistrict 类（各街道）的填报单位，此表无人报送"
        in refusal_of_stock(stock_folder)
    )


def test_a_contract_in_another_encoding_is_refused(stock_folder: Path) -> None:
    (stock_folder / GRID).write_bytes((stock_folder / GRID).read_text("utf-8").encode("gb18030"))
    assert "表式约定 grid.register.toml 第 1 行不是 UTF-8；请另存为 UTF-8 编码" in refusal_of_stock(
        stock_folder
    )
