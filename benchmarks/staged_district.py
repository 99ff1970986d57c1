"""A made-up county as a build is given it: staged rows of every form, of as many townships and years as asked for."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandera.polars as pa
import polars as pl

from benchmarks.county import INPUTS, REFERENCES, STAGED
from schemas.field import Column, columns, polars_schema
from schemas.lineage import Staged
from sources.county.contract import Contract
from sources.text.period import period_end, periods_of

COUNTY_CODE = "140214"
COUNTY = f"{COUNTY_CODE}000000"
_LINEAGE = {column.name for column in columns(Staged)}
_LIKELY = {"borrower_type": ["农户"] * 7, "grant_type": ["新增"] * 6}
_RARE = ("prior_note_number",)
_BY_DATE = ("loan_note", "loan_transaction")


@dataclass(frozen=True)
class StagedDistrict:
    """How large the county is. lines: rows of a delivery of a form that is not a row a village.

    loan_notes: rows of each bank's yearly ledger. keys: how many different texts the keys of rows take; without
    it every row has its own. missing_share: deliveries that are expected and did not come.
    """

    townships: int
    villages: int
    years: tuple[int, int]
    lines: int = 10
    loan_notes: int = 100
    keys: int | None = None
    missing_share: float = 0.02
    seed: int = 2022

    @property
    def township_codes(self) -> list[str]:
        """Codes of the townships."""
        return [f"{COUNTY_CODE}{number:03}000" for number in range(100, 100 + self.townships)]


def write_district(folder: Path, district: StagedDistrict) -> dict[str, list[Path]]:
    """Write Parquet files of everything that a build is given, by the name of its relation."""
    frames = district_frames(district)
    paths = {}
    for name, frame in frames.items():
        paths[name] = [folder / f"{name}.parquet"]
        frame.write_parquet(paths[name][0])
    return paths


def district_frames(district: StagedDistrict) -> dict[str, pl.DataFrame]:
    """Make everything that a build is given, by the name of its relation; the same each time."""
    divisions = _divisions(district)
    deliveries = _deliveries(district)
    given = {
        "ref_division": divisions,
        "ref_reporter": _reporters(district),
        "source_delivery": deliveries.filter("is_in_force"),
        "source_expected_delivery": deliveries.with_columns(
            due_date=pl.col("period_end_date"),
            is_due=pl.col("period_end_date") < date(district.years[1], 12, 1),
        ),
    }
    given["source_control_total"] = given["source_delivery"].select(
        "delivery_id", agrees=_number("agrees", 40, district.seed) > 0
    )
    for table, model in STAGED.items():
        of_table = deliveries.filter((pl.col("staged_table") == table) & pl.col("is_in_force"))
        given[f"staged_{table}"] = _staged(district, table, model, of_table)
    return {name: _filled(model, given.get(name, pl.DataFrame())) for name, model in INPUTS.items()}


def _divisions(district: StagedDistrict) -> pl.DataFrame:
    places: list[tuple[str, str, str, str | None]] = [(COUNTY, "示例区", "county", None)]
    for number, code in enumerate(district.township_codes):
        places.append((code, f"示例{number}镇", "town", COUNTY))
        places += [
            (f"{code[:9]}{200 + village}", f"示例{number}镇{village}村", "village", code)
            for village in range(district.villages)
        ]
    names = ["division_code", "name", "level", "parent_code"]
    frame = pl.DataFrame(places, schema=names, orient="row")
    return frame.with_columns(canonical_name=pl.col("name"), valid_from=date(2018, 1, 1), code_known=True)


def _reporters(district: StagedDistrict) -> pl.DataFrame:
    rows = [(code, "township", code) for code in district.township_codes]
    rows += [("bureau", "bureau", COUNTY), ("rcb_yungang", "bank", COUNTY), ("citic_tongmei", "bank", COUNTY)]
    return pl.DataFrame(rows, schema=["reporter_code", "kind", "division_code"], orient="row")


def _deliveries(district: StagedDistrict) -> pl.DataFrame:
    """List every delivery that is expected; those that came are in force."""
    first, last = date(district.years[0], 1, 1), date(district.years[1], 12, 31)
    by_table: dict[str, Contract] = {}
    for contract in REFERENCES.contracts.values():
        by_table.setdefault(contract.table, contract)
    rows = [
        (table, reporter, period, period_end(period))
        for table, contract in sorted(by_table.items())
        for reporter in _senders(district, contract)
        for period in periods_of(
            "year" if table in _BY_DATE or contract.cadence == "once" else contract.cadence,
            contract.grain,
            first,
            last,
        )
    ]
    names = ["staged_table", "reporter_code", "period", "period_end_date"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_row_index("row")
    came = _number("came", 1000, district.seed) >= round(district.missing_share * 1000)
    identifier = pl.format("{}/{}/{}", "staged_table", "reporter_code", "period")
    return frame.with_columns(
        delivery_id=identifier, is_in_force=came, outcome=pl.lit("accepted"), county_code=pl.lit(COUNTY_CODE),
        rejected_rows=pl.when(_number("rejected", 50, district.seed) == 0).then(2).otherwise(0),
    )  # fmt: skip


def _senders(district: StagedDistrict, contract: Contract) -> list[str]:
    if any(kind == "township" for kind in contract.reporters):
        return district.township_codes
    if contract.table == "loan_transaction":
        return ["citic_tongmei"]
    if contract.table in ("loan_note", "credit_application", "village_credit"):
        return ["rcb_yungang", "citic_tongmei"]
    return ["bureau"]


def _staged(
    district: StagedDistrict, table: str, model: type[pa.DataFrameModel], deliveries: pl.DataFrame
) -> pl.DataFrame:
    """Make the rows of a staged table; those of the county's own reporters go round its townships and villages."""
    fields = [column for column in columns(model) if column.name not in _LINEAGE]
    lineage = deliveries.select("delivery_id", "reporter_code", "period", "period_end_date", "county_code")
    rows = lineage.with_columns(
        sender=pl.col("reporter_code").replace_strict(
            {code: number for number, code in enumerate(district.township_codes)},
            default=None,
            return_dtype=pl.Int64,
        )
    )
    rows = rows.with_columns(line=pl.int_ranges(0, _lines(district, table, fields)))
    rows = rows.explode("line").drop_nulls("line").with_row_index("row")
    line, is_own = pl.col("line"), pl.col("sender").is_not_null()
    rows = rows.with_columns(
        township=pl.coalesce("sender", line % district.townships),
        village=pl.when(is_own).then(line).otherwise(line // district.townships) % district.villages,
        sheet_name=pl.lit("表"),
        sheet_block=1,
        sheet_row=line + 5,
    )
    values = {column.name: _values(district, table, column) for column in fields}
    marks = {
        mark: pl.when(_number(mark, 40, district.seed) == 0).then(pl.lit(mark))
        for mark in ("flags", "corrected")
    }
    return rows.with_columns(**values, **marks)


def _lines(district: StagedDistrict, table: str, fields: list[Column]) -> pl.Expr:
    """Count the rows of a delivery: of a township's, and of one that covers the county."""
    if table in _BY_DATE:
        return pl.lit(district.loan_notes)
    is_by_village = any(column.place in ("village", "any") for column in fields)
    lines = district.villages if is_by_village else district.lines
    return pl.when(pl.col("sender").is_not_null()).then(lines).otherwise(lines * district.townships)


def _values(district: StagedDistrict, table: str, column: Column) -> pl.Expr:
    """Make values of a column by its type; a tenth of what may be null is, and of what is rarely filled all but a tenth."""
    number = _number(f"{table}.{column.name}", 1000, district.seed)
    values = _of_type(district, table, column, number)
    if not column.nullable:
        return values
    tenth = _number(f"null {column.name}", 10, district.seed) == 0
    return pl.when(tenth if column.name in _RARE else ~tenth).then(values)


def _of_type(district: StagedDistrict, table: str, column: Column, number: pl.Expr) -> pl.Expr:
    if column.place:
        return _place(column, number)
    if column.allowed:
        likely = _LIKELY.get(column.name, [])
        allowed = pl.lit(pl.Series([*column.allowed, *likely]))
        return allowed.gather(number % (len(column.allowed) + len(likely)))
    if column.dtype == pl.String:
        return _text(district, table, column, number)
    if column.dtype == pl.Boolean:
        return number % 4 > 0
    if column.dtype == pl.Date:
        days = number % (700 if column.name == "grant_date" else 360)
        return pl.col("period_end_date") - pl.duration(days=days.cast(pl.Int64))
    return (number % 9 + 1 if column.name in ("star", "resident_persons") else number + 1).cast(pl.Int64)


def _text(district: StagedDistrict, table: str, column: Column, number: pl.Expr) -> pl.Expr:
    """Write a text: a key of its line, the same in every period; of a household, for one or two notes."""
    count = district.loan_notes if table in _BY_DATE else district.lines * district.townships
    if column.name == "note_number":
        return pl.format("N{}", pl.col("line"))
    if district.keys is not None:
        return pl.format("{}{}", pl.lit(column.name), number % district.keys)
    if column.name in ("household_key", "borrower_key") and table in _BY_DATE:
        spread = _number(column.name, max(count * 2 // 3, 1), district.seed)
        return spread.cast(pl.String).str.pad_start(64, "a")
    if column.key or column.name.endswith(("_key", "_number")):
        return pl.format("{}{}.{}", pl.lit(column.name), "township", "line")
    return pl.format("{}{}", pl.lit(column.name), number % 20)


def _place(column: Column, number: pl.Expr) -> pl.Expr:
    township = pl.format("{}{}", pl.lit(COUNTY_CODE), pl.col("township") + 100)
    village = pl.format("{}{}", township, pl.col("village") + 200)
    if column.place in ("village", "village_level"):
        return village
    if column.place == "any":
        return pl.when(number % 3 > 0).then(village).otherwise(pl.format("{}000", township))
    return pl.format("{}000", township)


def _number(subject: str, below: int, seed: int) -> pl.Expr:
    """Draw a number below this that looks random; the same for the same row, subject and seed."""
    return (pl.struct("row", pl.lit(subject)).hash(seed) % below).cast(pl.Int64)


def _filled(model: type[pa.DataFrameModel], frame: pl.DataFrame) -> pl.DataFrame:
    """Select the columns of a table; what the frame has not is null where it may be, else plain."""
    plain = {"String": "", "Boolean": False, "Date": date(2018, 1, 1)}
    chosen = []
    for column in columns(model):
        if column.name in frame.columns:
            chosen.append(pl.col(column.name).cast(column.dtype))
        else:
            value = None if column.nullable else plain.get(str(column.dtype.base_type()), 0)
            chosen.append(pl.lit(value).cast(column.dtype).alias(column.name))
    return frame.select(chosen) if frame.height else pl.DataFrame(schema=polars_schema(model))
