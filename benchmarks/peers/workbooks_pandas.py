"""Workbooks of enterprises with pandas, read by openpyxl or calamine: lay out, type, validate, add up, as Parquet.

Run as `python workbooks_pandas.py openpyxl|calamine FOLDER OUT`.
"""

import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd

HEADINGS = {
    "credit_code": ["统一社会信用代码", "社会信用代码", "信用代码"],
    "enterprise": ["企业名称", "单位名称", "企业（单位）名称"],
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
WEIGHTS = np.array([*(3**i % 31 for i in range(17)), 1])
PLACES = np.array([max(ALPHABET.find(chr(byte)), 0) for byte in range(256)])


def main(engine: str, folder: Path, out: Path) -> None:
    """Write staged and rejected rows, and enterprises and amounts by township, quarter and cluster."""
    rows = pd.concat([read(path, engine) for path in sorted(folder.glob("*/*.xlsx"))], ignore_index=True)
    is_good = holds(rows)
    rows[~is_good].to_parquet(out / "rejected.parquet")
    staged = rows[is_good]
    staged.to_parquet(out / "staged.parquet")
    results = staged.groupby(["township", "period", "cluster"]).agg(
        enterprises=("credit_code", "size"), sales=("sales", "sum"), output=("output", "sum")
    )
    results.round(2).reset_index().to_csv(out / "clusters.csv", index=False)


def read(path: Path, engine: str) -> pd.DataFrame:
    """Lay out one workbook; its totals are held against its rows. Raises ValueError."""
    cells = pd.read_excel(path, header=None, dtype=object, engine=engine, keep_default_na=False)
    cells = cells.astype(str).apply(
        lambda column: column.str.normalize("NFKC").str.replace(r"\s", "", regex=True)
    )
    numbering = next(row for row in range(len(cells)) if cells.iat[row, 0] == "甲")
    above = cells.iloc[:numbering]
    columns = {}
    for column in cells:
        for text in above[column]:
            heading = re.sub(r"\((?:万)?元\)$", "", text).replace("(", "（").replace(")", "）")
            if heading in FIELD:
                columns[column] = FIELD[heading]
    whole = "".join(above.to_numpy().ravel())
    rows = cells.iloc[numbering + 1 :].rename(columns=columns)[list(columns.values())]
    rows["line"] = rows.index + 1
    factor = 10_000 if "万元" in whole else 1
    for name in ("sales", "output"):
        amounts = pd.to_numeric(rows[name].str.replace(",", ""), errors="coerce")
        rows[name] = (amounts * factor).round(2)
    first = cells.iloc[numbering + 1 :, 0]
    is_total = first.isin(["合计", "总计"])
    body = rows[~is_total & (first != "小计") & rows["credit_code"].ne("") & rows["sales"].notna()]
    for name in ("sales", "output"):
        if is_total.any() and abs(rows.loc[is_total, name].iloc[0] - body[name].sum()) > 1:
            raise ValueError(f"{path.name}: the total of {name} does not agree")
    return body.assign(township=path.parent.name, period=read_period(whole))


def read_period(text: str) -> str:
    """Read the quarter that is stated above the rows, as 2022-Q3."""
    year, quarter = re.findall(r"(\d{4})年([一二三四])季度", text)[0]
    return f"{year}-Q{'一二三四'.index(quarter) + 1}"


def holds(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each row whether every rule holds."""
    codes = rows["credit_code"]
    whole = codes.str.fullmatch(f"[{ALPHABET}]{{18}}")
    characters = codes.where(whole, "0" * 18).to_numpy(dtype="S18").view("u1").reshape(-1, 18)
    rows["is_above_scale"] = rows["is_above_scale"].map(YES_NO)
    return (
        whole
        & (PLACES[characters] @ WEIGHTS % 31 == 0)
        & ~codes.groupby([rows["township"], rows["period"]]).transform(
            lambda code: code.duplicated(keep=False)
        )
        & rows["enterprise"].str.len().between(2, 100)
        & ~rows["enterprise"].str.contains(r"\d{11}")
        & rows["cluster"].isin(CLUSTERS)
        & rows["leading_level"].isin(LEVELS)
        & rows["is_above_scale"].notna()
        & rows["sales"].ge(0)
        & rows["output"].ge(0)
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
