"""The bank ledger with polars by hand: decode, type, validate, hash persons, facts, dims, marts as Parquet.

Run as `python ledger_polars.py LEDGER VILLAGES KEY OUT`.
"""

import codecs
import re
import sys
from datetime import date
from hashlib import blake2b
from pathlib import Path

import polars as pl

AS_OF = date(2022, 12, 31)
COUNTY = "140214000000"
COLUMNS = {
    "借据号": "note_number", "证件号码": "borrower", "户号": "household", "借款人类型": "borrower_type",
    "所属乡镇": "township", "行政村": "village", "发放金额": "amount", "贷款余额": "balance", "年利率": "rate",
    "发放日期": "granted", "到期日期": "due", "五级分类": "five_class", "发放类型": "grant_type",
}  # fmt: skip
BORROWER_TYPES = ["农户", "非农户个人", "个体工商户", "农民专业合作社", "企业"]
FIVE_CLASSES = ["正常", "关注", "次级", "可疑", "损失"]
GRANT_TYPES = ["新增", "借新还旧", "无还本续贷", "展期"]
NEW_TO_FARMERS = (pl.col("grant_type") == "新增") & (pl.col("borrower_type") == "农户")
MONEY = pl.Decimal(18, 2)


def main(ledger: Path, villages: Path, key: bytes, out: Path) -> None:
    """Write facts, dims, rejected rows and results."""
    rows, trailer = read(ledger, out / "utf-8.csv")
    rows = rows.join(pl.read_csv(villages, infer_schema=False), on=["township", "village"], how="left")
    typed = rows.with_columns(
        pl.col("amount", "balance").cast(MONEY, strict=False),
        pl.col("rate").cast(pl.Decimal(9, 4), strict=False),
        pl.col("granted", "due").str.to_date("%Y-%m-%d", strict=False),
    )
    check_trailer(typed, trailer)
    broken = typed.select(~holds.fill_null(value=False).alias(rule) for rule, holds in rules().items())
    is_bad = broken.select(pl.any_horizontal(pl.all())).to_series()
    reasons = broken.filter(is_bad).with_columns(typed.filter(is_bad)["line"])
    rejected = reasons.unpivot(index="line", variable_name="rule", value_name="is_broken").filter("is_broken")
    rejected.drop("is_broken").write_parquet(out / "rejected.parquet")
    rejected.group_by("rule").len("rows").write_csv(out / "rejected.csv")
    notes = hash_persons(typed.filter(~is_bad), key)
    write_facts(notes, out)
    write_results(notes, out)


def read(ledger: Path, decoded: Path) -> tuple[pl.DataFrame, str]:
    """Read the ledger as text, with the number of each line; and its trailer."""
    with (
        codecs.open(str(ledger), encoding="gb18030") as source,
        decoded.open("w", encoding="utf-8") as target,
    ):
        trailer = ""
        while text := source.read(1 << 24):
            target.write(text)
            trailer = (trailer + text)[-200:]
    rows = pl.read_csv(
        decoded, infer_schema=False, truncate_ragged_lines=True, row_index_name="line", row_index_offset=2
    )
    decoded.unlink()
    return rows.head(-1).select("line", *COLUMNS).rename(COLUMNS), trailer.splitlines()[-1]


def check_trailer(rows: pl.DataFrame, trailer: str) -> None:
    """Hold number of rows and amount against the trailer."""
    count, amount = re.findall(r"\d+(?:\.\d+)?", trailer)
    if (rows.height, f"{rows['amount'].sum():.2f}") != (int(count), amount):
        raise ValueError(f"the trailer does not agree: {trailer}")


def rules() -> dict[str, pl.Expr]:
    """Say what must hold of a row, by the name of the rule."""
    rate, amount, balance = pl.col("rate"), pl.col("amount"), pl.col("balance")
    # a date that cannot be read is its own reason, and not also one of the order of dates
    is_dated = pl.col("granted").is_not_null() & pl.col("due").is_not_null()
    return {
        "note_number": pl.col("note_number").str.contains(r"^[A-Za-z0-9_/-]{4,60}$"),
        "note_number__unique": pl.col("note_number").is_unique(),
        "check_digit": id_number_holds(pl.col("borrower")),
        "borrower_type": pl.col("borrower_type").is_in(BORROWER_TYPES),
        "village": pl.col("village_code").is_not_null(),
        "amount": amount > 0,
        "balance": balance >= 0,
        "rate": rate.is_between(0, 36),
        "grant_date": pl.col("granted").is_not_null(),
        "due_date": pl.col("due").is_not_null(),
        "five_class": pl.col("five_class").is_in(FIVE_CLASSES),
        "grant_type": pl.col("grant_type").is_in(GRANT_TYPES),
        "due_after_grant": ~is_dated | (pl.col("due") >= pl.col("granted")),
        "balance_within_amount": balance <= amount,
        "granted_by_as_of": ~is_dated | (pl.col("granted") <= AS_OF),
    }


def id_number_holds(number: pl.Expr) -> pl.Expr:
    """Express that a citizen number ends in its check character (ISO 7064)."""
    body = number.str.slice(0, 17).cast(pl.Int64, strict=False)
    remainder = pl.sum_horizontal(body // 10 ** (16 - i) % 10 * (2 ** (17 - i) % 11) for i in range(17)) % 11
    return number.str.contains(r"^\d{17}[\dX]$") & (
        number.str.slice(17) == pl.lit("10X98765432").str.slice(remainder, 1)
    )


def hash_persons(notes: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Put keyed hashes in the place of ID and household numbers, each different number hashed once."""
    for name in ("borrower", "household"):
        numbers = notes[name].unique()
        hashed = [blake2b(text.encode(), key=key, digest_size=16).hexdigest() for text in numbers]
        notes = notes.with_columns(
            pl.col(name).replace_strict(numbers, pl.Series(hashed, dtype=pl.String)).alias(f"{name}_key")
        )
    return notes.drop("borrower", "household", "township", "village").with_columns(
        pl.col("granted").dt.truncate("1mo").alias("month"), NEW_TO_FARMERS.alias("is_new_to_farmer")
    )


def write_facts(notes: pl.DataFrame, out: Path) -> None:
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
    notes.select(*shared, "balance", "five_class", as_of_date=AS_OF).write_parquet(
        out / "fact_balance.parquet"
    )
    notes.select(*shared, "is_new_to_farmer").write_parquet(out / "fact_disbursement.parquet")
    notes.group_by("household_key").agg(pl.col("village_code").min()).write_parquet(
        out / "dim_household.parquet"
    )


def write_results(notes: pl.DataFrame, out: Path) -> None:
    """Write figures of county, townships and villages, and townships by month."""
    granted, farm = notes.filter("is_new_to_farmer"), notes.filter(pl.col("borrower_type") == "农户")
    bad = pl.col("five_class").is_in(["次级", "可疑", "损失"])
    figures = []
    for place in (pl.lit(COUNTY), pl.col("township_code"), pl.col("village_code")):
        division = place.alias("division_code")
        figures += [
            of_year(granted.filter(pl.col("month").dt.year() == AS_OF.year), division,
                    "farm_loan_disbursed", pl.col("amount").sum()),
            of_year(granted, division, "farm_loan_household_to_date_count", pl.col("household_key").n_unique()),
            of_year(farm, division, "farm_loan_balance", pl.col("balance").sum()),
            of_year(farm, division, "loan_non_performing_rate",
                    pl.col("balance").filter(bad).sum().cast(pl.Float64) / pl.col("balance").sum().cast(pl.Float64) * 100),
        ]  # fmt: skip
    pl.concat(figures).write_csv(out / "figures.csv")
    months = granted.group_by("township_code", "month").agg(
        pl.col("amount").sum(),
        pl.len().alias("notes"),
        pl.col("household_key").n_unique().alias("households"),
    )
    first = granted.group_by("township_code", "household_key").agg(pl.col("month").min())
    begun = first.group_by("township_code", "month").agg(pl.len().alias("begun"))
    to_date = pl.col("amount", "begun").cum_sum().over("township_code").name.suffix("_to_date")
    months = months.join(begun, on=["township_code", "month"], how="left").with_columns(
        pl.col("begun").fill_null(0)
    )
    months.sort("township_code", "month").with_columns(to_date).drop("begun").write_csv(out / "months.csv")


def of_year(rows: pl.DataFrame, division: pl.Expr, indicator: str, value: pl.Expr) -> pl.DataFrame:
    """Compute an indicator by division."""
    return (
        rows.group_by(division)
        .agg(value.cast(pl.Float64).round(4).alias("value"))
        .select(pl.lit(indicator).alias("indicator_code"), "division_code", "value")
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_bytes(), Path(sys.argv[4]))
