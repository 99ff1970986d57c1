"""The build: models in the order of their dependencies into a new database file, then the table checks.

A pure function of sources, cut-off and code: the same inputs give tables of the same contents. Built upon the last
version, it takes from there what would be made of the same, and gives what a whole build gives.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import polars as pl

from schemas.catalogue import Catalogue
from schemas.check_result import CheckResult
from schemas.county.terms import CountyTerms
from schemas.field import polars_schema
from schemas.tables.source import SourceBuildInfo
from warehouse.build.code_hash import code_hash
from warehouse.build.construction import Construction, DamagedVersion, OnModel
from warehouse.build.inputs import Inputs, input_tables
from warehouse.build.order import RECORDS, model_names
from warehouse.build.steps import ENGINE, NOTHING, LastVersion, step_frame
from warehouse.checks.frames import check_frame, finding_frame
from warehouse.database.engines import open_engine
from warehouse.figures.indicator_frames import indicator_form_frame, indicator_frame, national_indicator_frame

_log = logging.getLogger("xiangcang")


@dataclass(frozen=True)
class Built:
    """A database file that is built and checked, and not published yet.

    code_hash: of the code and the county's forms that built it. contents: hash of each relation's rows. remade: the
    tables that were not taken from the last version.
    """

    path: Path
    code_hash: str
    cut_off: datetime
    synthetic: bool
    row_counts: dict[str, int]
    contents: dict[str, str]
    checks: list[CheckResult]
    remade: frozenset[str]

    @property
    def blocked(self) -> list[CheckResult]:
        """Blocking checks with severity error, which keep it from being published."""
        return [check for check in self.checks if check.blocking and check.severity == "error"]


def build(
    inputs: Inputs,
    *,
    out: Path,
    cut_off: datetime,
    synthetic: bool,
    row_checks: Sequence[CheckResult],
    last: LastVersion = NOTHING,
    on_model: OnModel | None = None,
    memory_limit: str = "1400MB",
    engine_address: str | None = None,
) -> Built:
    """Build every table into a new file, describe it, and run the table checks.

    out: replaced if it exists; its folder must exist, and takes large intermediate results. row_checks: recorded
    beside the table checks. last: the version to take from what would be made of the same. on_model: called after
    each table that is made with its name and number of rows, None for a view. engine_address: of a Spark server,
    which makes all anew; None for DuckDB. Raises Misshapen for a model that does not give what its table declares.
    """
    scratch, compacted = out.with_suffix(".scratch"), out.with_suffix(".compacted")
    clear(out)
    scratch.mkdir()
    last = NOTHING if engine_address else last
    if last.file:
        shutil.copyfile(last.file, out)
    try:
        with open_engine(engine_address, out, scratch, memory_limit=memory_limit) as engine:
            made = Construction(inputs.catalogue, engine, last, on_model)
            checks = _make(
                made, inputs, _build_info(inputs.catalogue, cut_off, synthetic, engine.run_name), row_checks
            )
            if engine.is_loose():
                engine.copy_into(compacted)
    except (DamagedVersion, duckdb.Error) as error:
        if not last.file:
            raise
        _log.warning("the last version cannot be built upon, all is made anew: %s", error)
        return build(
            inputs,
            out=out,
            cut_off=cut_off,
            synthetic=synthetic,
            row_checks=row_checks,
            on_model=on_model,
            memory_limit=memory_limit,
        )
    if compacted.exists():
        compacted.replace(out)
    shutil.rmtree(scratch)
    return Built(
        out,
        code_hash(inputs.catalogue),
        cut_off,
        synthetic,
        made.row_counts,
        made.contents,
        checks,
        frozenset(made.remade),
    )


def _make(
    made: Construction, inputs: Inputs, info: pl.DataFrame, row_checks: Sequence[CheckResult]
) -> list[CheckResult]:
    """Make all tables, run the checks between them and the tables that record these; return the results of checks."""
    indicators = inputs.catalogue.indicators.values()
    for name, model in input_tables(inputs.catalogue).items():
        made.register(name, model, inputs.sources[name], inputs.digests[name])
    made.record("source_build_info", info)
    made.record("source_indicator", indicator_frame(indicators))
    made.record("source_indicator_form", indicator_form_frame(indicators))
    made.record("source_national_indicator", national_indicator_frame())
    made.make(name for name in model_names(inputs.catalogue) if name not in RECORDS)
    checks = [*row_checks, *made.run_checks()]
    made.record("source_check_result", check_frame(checks))
    made.record("source_finding", finding_frame(checks))
    made.make(RECORDS[:-1])
    made.record("source_build_step", step_frame(made.steps))
    made.make(RECORDS[-1:])
    return checks


def clear(out: Path) -> None:
    """Remove the files that a build to this path, finished or killed, has left."""
    for file in (out, out.with_name(f"{out.name}.wal"), out.with_suffix(".compacted")):
        file.unlink(missing_ok=True)
    shutil.rmtree(out.with_suffix(".scratch"), ignore_errors=True)


def _build_info(
    catalogue: Catalogue, cut_off: datetime, synthetic: bool, run_name: str | None
) -> pl.DataFrame:
    rows = [
        ("cut_off", cut_off.isoformat(), "截止时间：此后收到的报送不计"),
        ("is_synthetic", str(synthetic).lower(), "是否由示例生成器产生的数据"),
        ("data_label", "合成示例数据" if synthetic else "报送数据", "引用本库数字时应注明的数据性质"),
        ("program_version", version("xiangcang"), "建库所用程序的版本"),
        ("code_hash", code_hash(catalogue), "建库所用代码与区县资料的 SHA-256"),
        ("engine", ENGINE, "建库所用引擎与存储格式"),
        *_county_info(catalogue.county),
        ("time_zone", "Asia/Shanghai", "各时间均为此时区"),
        ("farm_household", "借款人类型为农户", "未报借款人类型的贷款单独列示，不计入农户"),
        ("households_across_banks", "上限", "同一户在两家机构有贷款的各计一次"),
        ("agri_year", "四季度累计", "缺四季度的用最近一季累计，状态为 provisional"),
    ]
    if run_name:
        rows.append(("run_name", run_name, "本库各表在计算引擎上所出的一次运行"))
    return pl.DataFrame(rows, schema=polars_schema(SourceBuildInfo), orient="row")


def _county_info(county: CountyTerms | None) -> Iterator[tuple[str, str, str]]:
    """Say what of the county's own terms decides its figures."""
    if county:
        yield "county_code", county.code, "区县代码"
        yield "county_name", county.name, "区县名称"
        yield "loan_cumulative_start", str(county.loans_since), "累计发放额与户数的起始日"
        for year, day in sorted(county.lists.items()):
            yield f"basis_{year}", str(day), f"{year} 年口径所依的区划名录日期，见 dim_division_basis"
