"""Large deliveries for measuring: one ledger of millions of lines, and hundreds of township workbooks."""

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import polars as pl

from sample.district.chance import stream
from sample.district.people import UNASSIGNED_REGION, People, Person, credit_code
from sample.district.registers import all_villages, townships
from sample.district.sent import Record, SentDelivery, Signers
from sample.district.times import quarter_text
from sample.files.containers import to_xlsx
from sample.files.layouts import agri_layout, header
from sample.files.sheets import lay_out
from schemas.forms.agri_processing import CLUSTERS, LEADING_LEVELS

AS_OF = date(2022, 12, 31)
_CHUNK_ROWS = 250_000
_BAD_EVERY = 1000
_BAD_KINDS = 5
_PRIME = 2**31 - 1
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", "瑾琨珏蓁蕙桢栩楷淳沅"
_NEWEST_QUARTER = (2026, 3)


@dataclass(frozen=True)
class WrittenLedger:
    """Counts of a large ledger; amount_yuan is the total of all its rows, as in its trailer."""

    rows: int
    bad_rows: int
    amount_yuan: Decimal


def write_ledger(
    path: Path, rows: int, *, encoding: Literal["gb18030", "utf-8"], seed: int = 2022
) -> WrittenLedger:
    """Write a ledger of 大同农商行云冈支行 as of AS_OF, a chunk at a time.

    One row in a thousand is bad: ID number's check digit, balance above amount, unknown village, due
    before granted, impossible date. The same seed gives the same rows in either encoding.
    """
    amount = 0
    with path.open("wb") as out:
        for first in range(0, rows, _CHUNK_ROWS):
            chunk = _make_ledger_rows(first, min(first + _CHUNK_ROWS, rows), seed)
            amount += int(chunk["amount"].sum())
            text = io.BytesIO()
            lines = chunk.drop("amount").rename(_list_headers())
            lines.write_csv(text, include_header=first == 0, line_terminator="\r\n")
            data = text.getvalue()
            out.write(data if encoding == "utf-8" else data.decode().encode(encoding))
        out.write(f"合计笔数,{rows},发放金额合计,{amount}.00\r\n".encode(encoding))
    return WrittenLedger(rows, len(range(_BAD_EVERY - 1, rows, _BAD_EVERY)), Decimal(amount))


def _list_headers() -> dict[str, str]:
    fields = (
        "note_number", "borrower_key", "household_key", "borrower_type", "village_code", "amount_yuan",
        "balance_yuan", "rate_pct", "grant_date", "due_date", "five_class", "grant_type",
    )  # fmt: skip
    return {name: header("loan_note.rcb_ledger", name, 0) for name in fields}


def _scatter(subject: str, seed: int, count: int, of: str = "row") -> pl.Expr:
    """Make a number below count that looks random, the same for the same seed, subject and value of `of`."""
    key = stream(seed, "volume", subject).randrange(1, _PRIME)
    mixed = (pl.col(of) * 1_103_515_245 + key) % _PRIME
    return (mixed * 48_271 % _PRIME * 16_807 % _PRIME % count).alias(subject)


def _pick(values: list[str], position: pl.Expr) -> pl.Expr:
    return position.replace_strict(dict(enumerate(values)), return_dtype=pl.String)


def _make_ledger_rows(first: int, end: int, seed: int) -> pl.DataFrame:
    """Make the rows from first to before end: text by field or label, and the amount in yuan as a number."""
    villages = all_villages()
    is_bad = pl.col("row") % _BAD_EVERY == _BAD_EVERY - 1
    kind = pl.when(is_bad).then(pl.col("row") // _BAD_EVERY % _BAD_KINDS)
    numbers = pl.DataFrame({"row": pl.int_range(first, end, eager=True)}).with_columns(
        (pl.col("row") * 2 // 3).alias("borrower"), kind.alias("bad"),
        _scatter("village", seed, len(villages)), _scatter("granted", seed, 720),
        (_scatter("amount", seed, 200) + 10) * 1000, _scatter("paid", seed, 11),
    )  # fmt: skip
    granted = pl.lit(date(2021, 1, 1)) + pl.duration(days=pl.col("granted"))
    due = granted + pl.duration(days=pl.when(pl.col("bad") == 3).then(-30).otherwise(730))
    balance = pl.when(pl.col("bad") == 1).then(pl.col("amount") * 2)
    village = pl.when(pl.col("bad") == 2).then(pl.lit("无此村"))
    grant_text = pl.when(pl.col("bad") == 4).then(pl.lit("2022-13-40"))
    return numbers.select(
        pl.lit(AS_OF.isoformat()).alias("数据日期"),
        pl.format("RCB{}", pl.col("row").cast(pl.String).str.zfill(12)).alias("note_number"),
        _make_names(seed).alias("客户名称"),
        _make_id_numbers(seed).alias("borrower_key"),
        pl.format("H{}", (pl.col("borrower") // 2).cast(pl.String).str.zfill(9)).alias("household_key"),
        _pick(["农户", "农户", "农户", "个体工商户"], pl.col("borrower") % 4).alias("borrower_type"),
        _pick([v.township for v in villages], pl.col("village")).alias("所属乡镇"),
        village.otherwise(_pick([v.name for v in villages], pl.col("village"))).alias("village_code"),
        pl.format("{}.00", pl.col("amount")).alias("amount_yuan"),
        pl.format("{}.00", balance.otherwise(pl.col("amount") * pl.col("paid") // 10)).alias("balance_yuan"),
        _pick(["3.85", "4.35", "4.75", "5.6"], pl.col("row") % 4).alias("rate_pct"),
        grant_text.otherwise(granted.cast(pl.String)).alias("grant_date"),
        due.cast(pl.String).alias("due_date"),
        _pick(["正常", "正常", "正常", "关注", "次级"], pl.col("row") % 5).alias("five_class"),
        _pick(["新增", "新增", "新增", "借新还旧"], pl.col("row") % 4).alias("grant_type"),
        pl.col("amount"),
    )


def _make_names(seed: int) -> pl.Expr:
    parts = [_pick(list(_SURNAMES), _scatter("surname", seed, 10, "borrower"))]
    parts += [_pick(list(_GIVEN), _scatter(f"given {i}", seed, 10, "borrower")) for i in (1, 2)]
    return pl.concat_str(parts)


def _make_id_numbers(seed: int) -> pl.Expr:
    """Make citizen numbers of no region whose check character holds, but in rows of the first bad kind."""
    born = pl.lit(date(1950, 1, 1)) + pl.duration(days=_scatter("born", seed, 18_000, "borrower"))
    ordinal = pl.col("borrower") // 7 % 1000
    day = born.dt.year() * 10_000 + born.dt.month().cast(pl.Int32) * 100 + born.dt.day()
    body = int(UNASSIGNED_REGION) * 10**11 + day.cast(pl.Int64) * 1000 + ordinal
    weighted = [body // 10 ** (16 - i) % 10 * (2 ** (17 - i) % 11) for i in range(17)]
    remainder = pl.sum_horizontal(weighted) % 11
    shifted = pl.when(pl.col("bad") == 0).then(remainder + 1).otherwise(remainder) % 11
    return pl.concat_str(body.cast(pl.String), pl.lit("10X98765432").str.slice(shifted, 1))


def write_workbooks(folder: Path, count: int, rows: int, *, seed: int = 2022) -> list[Path]:
    """Write 农产品加工企业统计表 of `rows` enterprises each to `<folder>/<township's folder>/`.

    Each is of another township or quarter, from the newest quarter backwards, in the townships' layouts.
    """
    clerk = People(seed).person("volume clerk")
    written = []
    for number in range(count):
        township = townships()[number % len(townships())]
        quarters = _NEWEST_QUARTER[0] * 4 + _NEWEST_QUARTER[1] - 1 - number // len(townships())
        year, quarter = quarters // 4, quarters % 4 + 1
        period = f"{year}-Q{quarter}"
        delivery = SentDelivery(
            reporter=township,
            contract="agri_processing.quarter",
            period=period,
            records=[_draw_enterprise_record(seed, township.code, line, rows, clerk) for line in range(rows)],
            layout=agri_layout(township.code, year, quarter),
            stated_reporter=township.name,
            stated_period=quarter_text(period, ""),
            signers=Signers(clerk.name, clerk.name, clerk.name, clerk.phone),
            signed_on=AS_OF,
        )
        path = folder / township.folder / f"{township.name}{quarter_text(period, '')}农产品加工统计表.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_xlsx(lay_out(delivery)[0], delivery.signers.filler))
        written.append(path)
    return written


def _draw_enterprise_record(seed: int, township: str, line: int, rows: int, head: Person) -> Record:
    rng = stream(seed, "volume enterprise", township, line)
    sales = Decimal(rng.randint(10_000, 9_000_000)) * 100
    return {
        "enterprise_name": f"大同市云冈区示例{line:04}食品有限公司",
        "credit_code": credit_code(rng),
        "法定代表人": head.name,
        "联系电话": head.phone,
        "cluster": CLUSTERS[line * len(CLUSTERS) // rows],
        "leading_level": LEADING_LEVELS[line % len(LEADING_LEVELS)],
        "is_above_scale": line % 3 == 0,
        "sales_revenue_ytd_yuan": sales,
        "output_value_ytd_yuan": sales - 100 * (line % 50),
        "备注": "",
    }
