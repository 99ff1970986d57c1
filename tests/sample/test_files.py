"""The sample's files, read back without the loader to see what they really say."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from sample import ExpectedDelivery, SampleManifest, read_manifest, write_sample
from schemas.rules import credit_code_holds, id_number_holds
from sources.county.contract_files import read_contract
from sources.text.squeeze import squeeze
from tests import ROOT

CONTRACTS = ROOT / "sources" / "county" / "contracts"
Rows = Sequence[Sequence[object]]


def in_force(home: Path, table: str, reporter: str = "", period: str = "") -> list[ExpectedDelivery]:
    """Expected deliveries in force at the end, of one reporter or period where given."""
    return [
        d
        for d in read_manifest(home).deliveries
        if d.is_in_force and d.table == table and reporter in ("", d.reporter) and period in ("", d.period)
    ]


def sheets(path: Path) -> dict[str, Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def number(cell: object) -> Decimal:
    return Decimal(str(cell).translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", ""))


def columns(contract_name: str, rows: Rows) -> tuple[dict[str, int], int]:
    """Fields by column, from the lowest header cell that the contract knows; and the row after 甲."""
    known = read_contract(CONTRACTS / f"{contract_name}.toml").field_of_header
    body = next(i for i, row in enumerate(rows) if row and row[0] == "甲") + 1
    columns_by_field: dict[str, int] = {}
    for column in range(len(rows[0])):
        labels = [re.sub(r"[(（].+[)）]$", "", squeeze(str(row[column]))) for row in reversed(rows[:body])]
        columns_by_field |= {known[label]: column for label in labels if label in known}
    return columns_by_field, body


def enterprise_sums(home: Path) -> tuple[Decimal, Decimal]:
    """Sales and output of the last quarter of 2022, in yuan, from the workbooks in force."""
    sales = output = Decimal(0)
    for delivery in in_force(home, "agri_processing", period="2022-Q4"):
        rows = next(iter(sheets(home / delivery.file).values()))
        at, body = columns(delivery.contract, rows)
        unit = 10_000 if "万元" in str(rows[:body]) else 1
        for row in rows[body:]:
            if re.fullmatch(r"[0-9A-Z]{18}", str(row[at["credit_code"]])):
                sales += number(row[at["sales_revenue_ytd_yuan"]]) * unit
                output += number(row[at["output_value_ytd_yuan"]]) * unit
    return sales, output


def villages_with(home: Path, service: str) -> int:
    """Villages that have a service at the end of 2022, from the workbooks in force."""
    yes = {"是", "√", "1.0"}
    count = 0
    for delivery in in_force(home, "village_profile", period="2022"):
        if delivery.contract.endswith("g102"):
            code = read_contract(CONTRACTS / "village_profile.g102.toml").columns[service][0]
            lines = [
                row for rows in sheets(home / delivery.file).values() for row in rows if row[2:3] == [code]
            ]
            count += sum(row[3] in yes for row in lines)
        else:
            rows = next(iter(sheets(home / delivery.file).values()))
            at, body = columns(delivery.contract, rows)
            count += sum(str(row[at[service]]) in yes for row in rows[body:])
    return count


def tourism_sums(home: Path) -> tuple[Decimal, Decimal]:
    """Visits, and revenue in yuan, of the months of 2022, from the workbooks in force and what corrects them."""
    visits = revenue = Decimal(0)
    for delivery in in_force(home, "rural_tourism"):
        rows = next(iter(sheets(home / delivery.file).values()))
        at, body = columns(delivery.contract, rows)
        unit = 10_000 if "万元" in str(rows[:body]) else 1
        for row in rows[body:] if delivery.period.startswith("2022") else []:
            if str(row[at["village_code"]]).endswith("村"):
                visits += number(row[at["visits"]])
                revenue += number(row[at["revenue_yuan"]]) * unit
    slips = (
        number(correction["expect"]) - number(correction["value"])
        for correction in read_manifest(home).corrections
    )
    return visits - sum(slips), revenue


def ledger_lines(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Lines by field, and the trailer."""
    known = read_contract(CONTRACTS / "loan_note.rcb_ledger.toml").field_of_header
    data = path.read_bytes()
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
    heads, *lines, trailer = csv.reader(text.splitlines())
    return [
        dict(zip([known.get(head, head) for head in heads], line, strict=True)) for line in lines
    ], trailer


def farmer_loans(home: Path) -> tuple[Decimal, int]:
    """New disbursement to 农户 in the two years, and their households, from the ledgers in force."""
    notes: dict[str, tuple[Decimal, str]] = {}
    for delivery in in_force(home, "loan_note", "rcb_yungang"):
        for line in ledger_lines(home / delivery.file)[0]:
            granted = line["grant_date"].replace("-", "")
            is_new = line["grant_type"] == "新增" and "20210101" <= granted <= "20221231"
            if line["borrower_type"] == "农户" and is_new:
                household = line["household_key"] or line["borrower_key"].strip()
                notes[line["note_number"]] = number(line["amount_yuan"]), household
    return sum((amount for amount, _ in notes.values()), Decimal(0)), len({h for _, h in notes.values()})


def test_default_figures_are_the_bulletins(home: Path) -> None:
    assert enterprise_sums(home) == (Decimal(1_195_000_000), Decimal(989_000_000))
    assert farmer_loans(home) == (Decimal(6_258_000), 93)
    assert villages_with(home, "has_bus_service") == 94
    assert tourism_sums(home) == (Decimal(162_000), Decimal(8_350_000))


def test_other_targets_come_out_to_the_cent(other_sample: Path) -> None:
    assert enterprise_sums(other_sample) == (Decimal("876543210.98"), Decimal("765432109.87"))
    assert farmer_loans(other_sample) == (Decimal("4321000.89"), 71)
    assert villages_with(other_sample, "has_bus_service") == 88
    assert villages_with(other_sample, "has_waste_collection") == 90
    assert villages_with(other_sample, "has_daily_waste_clearance") == 80
    assert tourism_sums(other_sample) == (Decimal(143_000), Decimal("7012345.67"))


def test_scale_multiplies_lines_but_not_figures(tmp_path: Path, manifest: SampleManifest) -> None:
    larger = write_sample(tmp_path / "larger", scale=3)
    scaled = ("agri_processing", "loan_note", "loan_transaction")
    lines = {
        scale: sum(d.rows for d in sample.deliveries if d.table in scaled)
        for scale, sample in ((1, manifest), (3, larger))
    }
    assert lines[3] > 2 * lines[1]
    assert enterprise_sums(tmp_path / "larger") == (Decimal(1_195_000_000), Decimal(989_000_000))
    assert farmer_loans(tmp_path / "larger") == (Decimal(6_258_000), 93)


def test_manifests_figures_are_the_files(home: Path, manifest: SampleManifest) -> None:
    agri = manifest.figures["agri_processing"]
    assert agri["by_year"]["2022"] == {
        "sales_revenue_yuan": "1195000000.00", "output_value_yuan": "989000000.00",
    }  # fmt: skip
    for part in ("by_year_and_township", "by_year_and_cluster"):
        sales = [Decimal(v["sales_revenue_yuan"]) for key, v in agri[part].items() if key.startswith("2022")]
        assert sum(sales) == enterprise_sums(home)[0]
    assert len(agri["by_year_and_cluster"]) == 2 * 5
    farmers = manifest.figures["loan_disbursement"]["farmers_at_rcb_yungang"]
    assert (farmers["amount_yuan"], farmers["households"]) == ("6258000.00", 93)
    assert [year["villages"] for year in manifest.figures["village_profile"].values()] == [94, 94]
    tourism = manifest.figures["rural_tourism"]
    assert tourism["by_year"]["2022"] == {"visits": 162_000, "revenue_yuan": "8350000.00"}
    assert sorted(tourism["by_year_and_township"]) == [
        "2021/gaoshan", "2021/xihanling", "2021/yungang",
        "2022/gaoshan", "2022/kouquan", "2022/xihanling", "2022/yungang",
    ]  # fmt: skip


def test_reports_are_cumulative_within_the_year(home: Path) -> None:
    reported: dict[tuple[str, str], list[tuple[str, Decimal]]] = {}
    for delivery in in_force(home, "agri_processing", "gaoshan"):
        rows = sheets(home / delivery.file)["农产品加工"]
        at, body = columns(delivery.contract, rows)
        for row in rows[body:]:
            if str(row[at["credit_code"]]).startswith("91"):
                key = str(row[at["credit_code"]]), delivery.period[:4]
                sales = number(row[at["sales_revenue_ytd_yuan"]])
                reported.setdefault(key, []).append((delivery.period, sales))
    assert {len(quarters) for quarters in reported.values()} == {4}
    assert all(
        sorted(quarters) == sorted(quarters, key=lambda quarter: quarter[1]) for quarters in reported.values()
    )


def test_expected_cells_hold_what_is_wrong(home: Path, manifest: SampleManifest) -> None:
    cells = {}
    for delivery in manifest.deliveries:
        for row in delivery.rejected_rows:
            column = ord(row.cell[0]) - ord("A")
            line = int(row.cell[1:])
            if row.sheet:
                cells[row.rule] = sheets(home / delivery.file)[row.sheet][line - 1][column]
            else:
                heads = ledger_lines(home / delivery.file)[0][line - 2]
                cells[row.rule] = list(heads.values())[column]
    assert cells["village_code__unknown_place"] == "下窝塞村"
    assert cells["tap_water_households__parse"] == "全部"
    assert cells["sales_revenue_ytd_yuan__parse"] == "约三百多"
    assert isinstance(cells["borrower_key__number_as_identifier"], float)
    wrong = pl.DataFrame(
        {"code": [cells["credit_code__check_character"]], "id": [cells["borrower_key__check_digit"]]}
    )
    assert wrong.select(credit_code_holds(pl.col("code")), id_number_holds(pl.col("id"))).rows() == [
        (False, False)
    ]


def test_ledger_trailers_count_and_add_up_where_they_should(home: Path, manifest: SampleManifest) -> None:
    for delivery in manifest.deliveries:
        if delivery.contract == "loan_note.rcb_ledger" and delivery.delivery_rule is None:
            lines, trailer = ledger_lines(home / delivery.file)
            total = sum(number(line["amount_yuan"]) for line in lines)
            assert trailer == ["合计笔数", str(len(lines)), "发放金额合计", f"{total:.2f}"]


def test_ledgers_come_in_three_encodings(home: Path) -> None:
    data = [
        (home / d.file).read_bytes() for d in in_force(home, "loan_note") if d.contract.endswith("rcb_ledger")
    ]

    def is_gbk(text: bytes) -> bool:
        try:
            return bool(text.decode("gbk"))
        except UnicodeDecodeError:
            return False

    with_mark = sum(text.startswith(b"\xef\xbb\xbf") for text in data)
    in_gbk = sum(is_gbk(text) for text in data)
    assert with_mark == 2
    assert 0 < in_gbk < len(data) - with_mark


def test_persons_are_planted_in_bodies_footers_remarks_and_properties(
    home: Path, manifest: SampleManifest
) -> None:
    names, phones = set(manifest.personal["names"]), set(manifest.personal["phones"])
    township = home / in_force(home, "agri_processing", "gaoshan", "2022-Q1")[0].file
    rows = [row for sheet in sheets(township).values() for row in sheet]
    assert any(row[3] in names and row[4] in phones for row in rows if len(row) > 4)
    footer = next(str(row[0]) for row in rows if str(row[0]).startswith("单位负责人"))
    assert all(part in names for part in re.findall(r"(?:负责人|填表人)：(\S+)", footer))
    ledger, _ = ledger_lines(home / in_force(home, "loan_note", "rcb_yungang", "2021-03-31")[0].file)
    assert {line["客户名称"] for line in ledger} <= names
    assert {line["borrower_key"] for line in ledger} <= set(manifest.personal["id_numbers"])
    assert {line["贷款账号"] for line in ledger} <= set(manifest.personal["accounts"])


def test_credit_codes_check_and_are_of_no_region(home: Path) -> None:
    delivery = in_force(home, "agri_processing", "kouquan", "2022-Q4")[0]
    codes = re.findall(r"\b91[0-9A-Z]{16}\b", str(sheets(home / delivery.file)))
    assert len(codes) >= 5
    assert {code[2:8] for code in codes} == {"999214"}
    assert pl.DataFrame({"code": codes}).select(credit_code_holds(pl.col("code")).all()).item()
