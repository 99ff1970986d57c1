"""The build: models in the order of their dependencies into a new database file, then the table checks.

A pure function of sources, cut-off and code: the same inputs give tables of the same contents.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pandera.polars as pa
import polars as pl

from schemas.catalogue import BUILT, RECORDED, SOURCE, STAGED, is_view
from schemas.check_result import CheckResult
from schemas.errors import XiangcangError
from schemas.field import polars_schema
from schemas.forms.loan import LOAN_CUMULATIVE_START
from warehouse.build.code_hash import code_hash
from warehouse.build.order import RECORDS, model_names, model_sql
from warehouse.checks import table_checks
from warehouse.checks.frames import check_frame, finding_frame
from warehouse.database import describe
from warehouse.database.engine import DuckDB, Source
from warehouse.figures.indicator_frames import indicator_form_frame, indicator_frame, national_indicator_frame

INPUTS: dict[str, type[pa.DataFrameModel]] = {
    f"staged_{name}": model for name, model in STAGED.items()
} | SOURCE
"""Every relation that `build` is given, by name."""


class MissingSource(XiangcangError):
    """A relation that the models read and the build was not given."""


@dataclass(frozen=True)
class Built:
    """A database file that is built and checked, and not published yet."""

    path: Path
    cut_off: datetime
    synthetic: bool
    row_counts: dict[str, int]
    checks: list[CheckResult]

    @property
    def blocked(self) -> list[CheckResult]:
        """Blocking checks with severity error, which keep it from being published."""
        return [check for check in self.checks if check.blocking and check.severity == "error"]


def build(
    sources: Mapping[str, Source],
    *,
    out: Path,
    cut_off: datetime,
    synthetic: bool,
    row_checks: Sequence[CheckResult],
    on_model: Callable[[str, int | None], None] | None = None,
    memory_limit: str = "2GB",
) -> Built:
    """Build every table into a new file, describe it, and run the table checks.

    sources: each name in INPUTS, as a frame or as Parquet files of the same columns. out: replaced if it
    exists; its folder must exist, and takes large intermediate results. row_checks: recorded beside the
    table checks. on_model: called after each table with its name and number of rows, None for a view.
    Raises MissingSource, or Misshapen for a model that does not give what its table declares.
    """
    if missing := INPUTS.keys() - sources.keys():
        raise MissingSource(f"the build was not given {', '.join(sorted(missing))}")
    scratch = out.with_suffix(".scratch")
    clear(out)
    scratch.mkdir()
    row_counts: dict[str, int] = {}

    def create(name: str) -> None:
        if is_view(BUILT[name]):
            engine.create_view(name, BUILT[name], model_sql(name))
        else:
            row_counts[name] = engine.create(name, BUILT[name], model_sql(name))
        engine.run(describe.comments(name, BUILT[name]))
        if on_model:
            on_model(name, row_counts.get(name))

    with DuckDB(out, scratch, memory_limit=memory_limit) as engine:
        for name, model in INPUTS.items():
            engine.register(name, model, sources[name])
        recorded = {
            "source_build_info": _build_info(cut_off=cut_off, synthetic=synthetic),
            "source_indicator": indicator_frame(),
            "source_indicator_form": indicator_form_frame(),
            "source_national_indicator": national_indicator_frame(),
        }
        for name, frame in recorded.items():
            engine.register(name, RECORDED[name], frame)
        for name in model_names():
            if name not in RECORDS:
                create(name)
        checks = [*row_checks, *table_checks.run_all(engine, row_counts)]
        engine.register("source_check_result", RECORDED["source_check_result"], check_frame(checks))
        engine.register("source_finding", RECORDED["source_finding"], finding_frame(checks))
        for name in RECORDS:
            create(name)
    shutil.rmtree(scratch)
    return Built(out, cut_off, synthetic, row_counts, checks)


def clear(out: Path) -> None:
    """Remove the files that a build to this path, finished or killed, has left."""
    out.unlink(missing_ok=True)
    out.with_name(f"{out.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(out.with_suffix(".scratch"), ignore_errors=True)


def fingerprint(sources: Mapping[str, Source]) -> str:
    """Hash the contents of the sources, the code and its version (SHA-256); equal ones build equal tables."""
    digest = hashlib.sha256(f"{version('xiangcang')} {code_hash()}".encode())
    for name in sorted(sources):
        digest.update(f"{name}:{_content_hash(sources[name])}".encode())
    return digest.hexdigest()


def _content_hash(source: Source) -> str:
    if isinstance(source, pl.DataFrame):
        text = source.write_csv(null_value="\\N")
        return hashlib.sha256(f"{source.schema}{text}".encode()).hexdigest()
    digests = []
    for path in source:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return " ".join(sorted(digests))


def _build_info(*, cut_off: datetime, synthetic: bool) -> pl.DataFrame:
    rows = [
        ("cut_off", cut_off.isoformat(), "截止时间：此后收到的报送不计"),
        ("is_synthetic", str(synthetic).lower(), "是否由示例生成器产生的数据"),
        ("data_label", "合成示例数据" if synthetic else "报送数据", "引用本库数字时应注明的数据性质"),
        ("program_version", version("xiangcang"), "建库所用程序的版本"),
        ("code_hash", code_hash(), "建库所用代码的 SHA-256"),
        ("loan_cumulative_start", str(LOAN_CUMULATIVE_START), "累计发放额与户数的起始日"),
        ("time_zone", "Asia/Shanghai", "各时间均为此时区"),
        ("basis_2020", "2020-06-30", "dim_division.is_on_2020_basis 所依的区划名录日期"),
        ("basis_2022", "2022-10-31", "dim_division.is_on_2022_basis 所依的区划名录日期"),
        ("farm_household", "借款人类型为农户", "未报借款人类型的贷款单独列示，不计入农户"),
        ("households_across_banks", "上限", "同一户在两家机构有贷款的各计一次"),
        ("agri_year", "四季度累计", "缺四季度的用最近一季累计，状态为 provisional"),
    ]
    return pl.DataFrame(rows, schema=polars_schema(RECORDED["source_build_info"]), orient="row")
