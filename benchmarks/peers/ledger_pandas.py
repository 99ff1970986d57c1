"""The bank ledger with pandas and pandera: read, type, validate lazily, hash persons, facts, dims, marts as Parquet.

Run as `python ledger_pandas.py LEDGER VILLAGES KEY OUT`.
"""

import re
import sys
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

AS_OF = pd.Timestamp(2022, 12, 31)
COUNTY = "140214000000"
COLUMNS = {
    "借据号": "note_number", "证件号码": "borrower", "户号": "household", "借款人类型": "borrower_type",
    "所属乡镇": "township", "行政村": "village", "发放金额": "amount", "贷款余额": "balance", "年利率": "rate",
    "发放日期": "granted", "到期日期": "due", "五级分类": "five_class", "发放类型": "grant_type",
}  # fmt: skip
WEIGHTS = np.array([2 ** (17 - i) % 11 for i in range(17)])
CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype="u1")


def id_number_holds(numbers: "pd.Series[str]") -> "pd.Series[bool]":
    """Say of each citizen number whether it ends in its check character (ISO 7064)."""
    whole = numbers.str.fullmatch(r"\d{17}[\dX]")
    characters = numbers.where(whole, "0" * 18).to_numpy(dtype="S18").view("u1").reshape(-1, 18)
    remainders = (characters[:, :17] - ord("0")) @ WEIGHTS % 11
    return whole & (CHECK_CHARACTERS[remainders] == characters[:, 17])


def dates_are_read(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each row whether it has both dates: one that cannot be read is its own reason."""
    return rows["granted"].notna() & rows["due"].notna()


NOTES = pa.DataFrameSchema(
    {
        "note_number": pa.Column(str, pa.Check.str_matches(r"^[A-Za-z0-9_/-]{4,60}$"), unique=True),
        "borrower": pa.Column(str, pa.Check(id_number_holds, name="check_digit")),
        "household": pa.Column(str, nullable=True),
        "borrower_type": pa.Column(
            str, pa.Check.isin(["农户", "非农户个人", "个体工商户", "农民专业合作社", "企业"])
        ),
        "village_code": pa.Column(str),
        "amount": pa.Column(float, pa.Check.gt(0)),
        "balance": pa.Column(float, pa.Check.ge(0)),
        "rate": pa.Column(float, pa.Check.in_range(0, 36), nullable=True),
        "granted": pa.Column("datetime64[us]"),
        "due": pa.Column("datetime64[us]"),
        "five_class": pa.Column(str, pa.Check.isin(["正常", "关注", "次级", "可疑", "损失"])),
        "grant_type": pa.Column(str, pa.Check.isin(["新增", "借新还旧", "无还本续贷", "展期"])),
    },
    checks=[
        pa.Check(
            lambda rows: ~dates_are_read(rows) | (rows["due"] >= rows["granted"]), name="due_after_grant"
        ),
        pa.Check(lambda rows: rows["balance"] <= rows["amount"], name="balance_within_amount"),
        pa.Check(lambda rows: ~dates_are_read(rows) | (rows["granted"] <= AS_OF), name="granted_by_as_of"),
    ],
)
RULE_OF_FIELD = {"village_code": "village", "granted": "grant_date"}


def main(ledger: Path, villages: Path, key: bytes, out: Path) -> None:
    """Write facts, dims, rejected rows and results."""
    typed = read(ledger).merge(pd.read_csv(villages, dtype=str), on=["township", "village"], how="left")
    accepted, rejected = validate(typed)
    rejected.to_parquet(out / "rejected.parquet")
    rejected.groupby("rule").size().rename("rows").to_csv(out / "rejected.csv")
    notes = hash_persons(accepted, key)
    write_facts(notes, out)
    write_figures(notes, out)
    write_months(notes, out)


def read(ledger: Path) -> pd.DataFrame:
    """Read the ledger, typed; rows and amount are held against its trailer."""
    rows = pd.read_csv(ledger, encoding="gb18030", dtype=str, usecols=["数据日期", *COLUMNS])
    trailer, rows = rows.iloc[-1], rows.iloc[:-1].rename(columns=COLUMNS).drop(columns="数据日期")
    for name in ("amount", "balance", "rate"):
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
    for name in ("granted", "due"):
        rows[name] = pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    # the trailer's cells lie below the first columns: its name, rows, its name, amount
    with ledger.open("rb") as source:
        source.seek(-200, 2)
        count, amount = re.findall(
            r"\d+(?:\.\d+)?", source.read().decode("gb18030", "replace").splitlines()[-1]
        )
    if trailer["数据日期"] != "合计笔数" or (len(rows), rows["amount"].sum()) != (int(count), float(amount)):
        raise ValueError("the trailer does not agree")
    return rows


def validate(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split into accepted rows, and the line and rule of what is not."""
    try:
        return NOTES.validate(rows, lazy=True), pd.DataFrame({"line": [], "rule": []})
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["index", "check"])  # one a column, of checks of rows
    rule = cases["check"].where(cases["check"].ne("not_nullable"), cases["column"].replace(RULE_OF_FIELD))
    index = cases["index"].astype(int)
    return rows.drop(index=index.unique()), pd.DataFrame({"line": index + 2, "rule": rule})


def hash_persons(notes: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Put keyed hashes in the place of ID and household numbers, each different number hashed once."""
    for name in ("borrower", "household"):
        codes, numbers = pd.factorize(notes[name])
        hashed = np.array([blake2b(text.encode(), key=key, digest_size=16).hexdigest() for text in numbers])
        notes[f"{name}_key"] = pd.Series(hashed, dtype=str).take(codes).to_numpy()
    notes["month"] = notes["granted"].dt.strftime("%Y-%m-01")
    notes["is_new_to_farmer"] = (notes["grant_type"] == "新增") & (notes["borrower_type"] == "农户")
    return notes.drop(columns=["borrower", "household", "township", "village"])


def write_facts(notes: pd.DataFrame, out: Path) -> None:
    """Write the two facts and the dimension of households."""
    shared = [
        "note_number",
        "borrower_key",
        "household_key",
        "borrower_type",
        "village_code",
        "township_code",
    ]
    shared += ["amount", "rate", "granted", "due", "grant_type"]
    notes[[*shared, "balance", "five_class"]].assign(as_of_date=AS_OF).to_parquet(
        out / "fact_balance.parquet"
    )
    notes[[*shared, "is_new_to_farmer"]].to_parquet(out / "fact_disbursement.parquet")
    notes.groupby("household_key", as_index=False)["village_code"].min().to_parquet(
        out / "dim_household.parquet"
    )


def write_figures(notes: pd.DataFrame, out: Path) -> None:
    """Write figures of county, townships and villages."""
    granted, farm = notes[notes["is_new_to_farmer"]], notes[notes["borrower_type"] == "农户"]
    of_year = granted[granted["granted"].dt.year == AS_OF.year]
    non_performing = farm[farm["five_class"].isin(["次级", "可疑", "损失"])]
    figures = []
    for place in ("county_code", "township_code", "village_code"):
        by = [
            frame.assign(county_code=COUNTY).groupby(place)
            for frame in (of_year, granted, farm, non_performing)
        ]
        balance = by[2]["balance"].sum()
        for indicator, values in {
            "farm_loan_disbursed": by[0]["amount"].sum(),
            "farm_loan_household_to_date_count": by[1]["household_key"].nunique(),
            "farm_loan_balance": balance,
            "loan_non_performing_rate": (
                by[3]["balance"].sum().reindex(balance.index, fill_value=0) / balance * 100
            ),
        }.items():
            frame = values.round(4).rename("value").rename_axis("division_code").reset_index()
            figures.append(frame.assign(indicator_code=indicator))
    pd.concat(figures)[["indicator_code", "division_code", "value"]].to_csv(out / "figures.csv", index=False)


def write_months(notes: pd.DataFrame, out: Path) -> None:
    """Write disbursement of townships by month and to date."""
    granted = notes[notes["is_new_to_farmer"]]
    months = granted.groupby(["township_code", "month"]).agg(
        amount=("amount", "sum"), notes=("amount", "size"), households=("household_key", "nunique")
    )
    first = granted.groupby(["township_code", "household_key"], as_index=False)["month"].min()
    begun = first.groupby(["township_code", "month"]).size().reindex(months.index, fill_value=0)
    months["amount_to_date"] = months.groupby("township_code")["amount"].cumsum()
    months["begun_to_date"] = begun.groupby("township_code").cumsum()
    months.reset_index().to_csv(out / "months.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_bytes(), Path(sys.argv[4]))
