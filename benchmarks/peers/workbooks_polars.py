"""Workbooks of enterprises with polars by hand, cells from calamine: lay out, type, validate, add up, as Parquet.

Run as `python workbooks_polars.py FOLDER OUT`.
"""

import re
import sys
import unicodedata
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

HEADINGS = {
    "credit_code": ["统一社会信用代码", "社会信用代码", "信用代码"],
    "enterprise": ["企业名称", "单位名称", "企业(单位)名称"],
    "cluster": ["产业集群", "所属集群", "集群类别"],
    "leading_level": ["龙头企业级别", "龙头级别", "龙头企业"],
    "is_above_scale": ["是否规模以上", "规模以上", "规上企业"],
    "sales": ["农产品加工销售收入", "销售收入", "加工销售收入"],
    "output": ["农产品加工产值", "产值", "加工产值"],
}
FIELD = {heading: field for field, headings in HEADINGS.items() for heading in headings}
CLUSTERS = ["乳品", "酿品", "功能性食品", "药茶", "糕点杂粮"]
LEVELS = ["国家级", "省级", "市级", "区级", "非龙头"]
YES_NO = {"是": True, "1": True, "1.0": True, "否": False, "0": False, "0.0": False}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
TOTALS = ("合计", "总计", "小计")


def main(folder: Path, out: Path) -> None:
    """Write staged and rejected rows, and enterprises and amounts by township, quarter and cluster."""
    read_each = [read(path) for path in sorted(folder.glob("*/*.xlsx"))]
    rows = pl.concat([rows for rows, _ in read_each]).with_columns(
        pl.col("is_above_scale").replace_strict(YES_NO, default=None), *map(amount, ("sales", "output"))
    )
    check_totals(rows, pl.concat([totals for _, totals in read_each]))
    is_good = pl.all_horizontal(rules())
    rows.filter(~is_good.fill_null(value=False)).write_parquet(out / "rejected.parquet")
    staged = rows.filter(is_good)
    staged.write_parquet(out / "staged.parquet")
    staged.group_by("township", "period", "cluster").agg(
        pl.len().alias("enterprises"), pl.col("sales", "output").sum().round(2)
    ).write_csv(out / "clusters.csv")


def read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lay out one workbook: its rows, and its line of totals; all as text."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    cells = [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    numbering = next(number for number, row in enumerate(cells) if row[0] == "甲")
    columns = {}
    for row in cells[:numbering]:
        for column, text in enumerate(row):
            if field := FIELD.get(re.sub(r"\(万?元\)$", "", text)):
                columns[field] = column
    above = "".join(map("".join, cells[:numbering]))
    year, quarter = re.findall(r"(\d{4})年([一二三四])季度", above)[0]
    stated = {
        "township": path.parent.name,
        "period": f"{year}-Q{'一二三四'.index(quarter) + 1}",
        "factor": 10_000 if "万元" in above else 1,
    }
    body = [
        [row[columns[field]] for field in HEADINGS] for row in cells[numbering + 1 :] if is_row(row, columns)
    ]
    totals = [
        [row[columns[field]] for field in HEADINGS] for row in cells[numbering + 1 :] if row[0] in TOTALS[:2]
    ]
    schema = dict.fromkeys(HEADINGS, pl.String)
    frames = [pl.DataFrame(lines, schema=schema, orient="row") for lines in (body, totals)]
    rows, total = (
        frame.with_columns(**{name: pl.lit(value) for name, value in stated.items()}) for frame in frames
    )
    return rows, total


def plain(value: object) -> str:
    """Write a cell as text without blanks, full-width characters as usual ones."""
    text = str(value)
    return (
        text if text.isascii() and " " not in text else re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    )


def is_row(row: list[str], columns: dict[str, int]) -> bool:
    """Tell a line of an enterprise from totals and what stands below the body."""
    return row[0] not in TOTALS and row[columns["credit_code"]] != ""


def amount(name: str) -> pl.Expr:
    """Express an amount in yuan."""
    number = pl.col(name).str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    return (number * pl.col("factor")).round(2)


def check_totals(rows: pl.DataFrame, totals: pl.DataFrame) -> None:
    """Hold each workbook's rows against the totals that it prints. Raises ValueError."""
    printed = totals.select("township", "period", *map(amount, ("sales", "output")))
    summed = rows.group_by("township", "period").agg(pl.col("sales", "output").sum())
    differs = printed.join(summed, on=["township", "period"]).filter(
        ((pl.col("sales") - pl.col("sales_right")).abs() > 1)
        | ((pl.col("output") - pl.col("output_right")).abs() > 1)
    )
    if differs.height:
        raise ValueError(f"totals do not agree: {differs}")


def rules() -> list[pl.Expr]:
    """Say what must hold of a row."""
    code, enterprise = pl.col("credit_code"), pl.col("enterprise")
    weights = [*(3**i % 31 for i in range(17)), 1]
    place = {character: position for position, character in enumerate(ALPHABET)}
    places = [
        code.str.slice(i, 1).replace_strict(place, default=0) * weight for i, weight in enumerate(weights)
    ]
    return [
        code.str.contains(f"^[{ALPHABET}]{{18}}$"),
        pl.sum_horizontal(places) % 31 == 0,
        pl.struct("township", "period", "credit_code").is_unique(),
        enterprise.str.len_chars().is_between(2, 100),
        ~enterprise.str.contains(r"\d{11}"),
        pl.col("cluster").is_in(CLUSTERS),
        pl.col("leading_level").is_in(LEVELS),
        pl.col("is_above_scale").is_not_null(),
        pl.col("sales") >= 0,
        pl.col("output") >= 0,
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
