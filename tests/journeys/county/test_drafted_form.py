"""A form of 57 numbers that nobody has described: drafted from a filled workbook, edited, accepted, loaded, with figures."""

import re
import shutil
from pathlib import Path

import openpyxl

from sample import COUNTY
from tests.journeys.command import load, query_published, xiangcang

GROUPS = ("耕地（亩）", "机械（台）", "户数（户）")
VILLAGES = ("高山村", "张家湾村", "小窑头村")
INDICATOR = """
[[indicators]]
code = "cultivated_land_first"
name = "某耕地"
name_en = "some cultivated land"
unit = "亩"
kind = "stock"
definition = "年末各村的某耕地"
value = { aggregate = "sum", field = "first_land_mu" }
"""


def write_form(path: Path) -> None:
    """Three villages by 57 numbers: three groups of 19 headings, under two header rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["农村情况综合年报"])
    sheet.append(["填报单位：高山镇", *[None] * 10, "报告期：2022年"])
    headings = [f"{group[0]}项{number}" for group in GROUPS for number in range(1, 20)]
    sheet.append(["村名", *(GROUPS[column // 19] if column % 19 == 0 else None for column in range(57))])
    sheet.append([None, *headings])
    sheet.merge_cells("A3:A4")
    for first in (2, 21, 40):
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=first + 18)
    for row, village in enumerate(VILLAGES, start=1):
        sheet.append([village, *(row * 100 + column for column in range(57))])
    sheet.append(["合计", *(600 + 3 * column for column in range(57))])
    book.save(path)


def test_a_drafted_form_is_accepted_and_loaded_with_figures(tmp_path: Path) -> None:
    home, form = tmp_path / "home", tmp_path / "年报.xlsx"
    shutil.copytree(COUNTY, home / "county")
    write_form(form)
    contract = home / "county" / "contracts" / "rural_general.year.toml"
    xiangcang(home, "draft", str(form), "--out", str(contract))
    text = contract.read_text("utf-8")
    names = re.findall(r"^\[fields\.(\w+)\]", text, re.MULTILINE)
    for old, new in zip(names[1:4], ("first_land_mu", "second_land_mu", "third_land_mu"), strict=True):
        text = re.sub(rf"\b{old}\b", new, text)
    contract.write_text(text + INDICATOR, "utf-8")
    assert "自有的表 农村情况综合年报" in xiangcang(home, "county", "check")
    (home / "inbox" / "高山镇").mkdir(parents=True)
    shutil.copy(form, home / "inbox" / "高山镇")

    assert load(home)["deliveries"]["accepted"] == 1
    figures = query_published(
        home, "select value from mart_figure where indicator_code = 'cultivated_land_first'"
    )
    assert sorted(float(figure["value"]) for figure in figures) == [100, 200, 300, 600, 600]
