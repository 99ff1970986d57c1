"""The quality of what was published, as assets: counts that plot over time, tables, and where to look."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from pipelines.assets.checks import describe_failure
from pipelines.assets.groups import QUALITY
from pipelines.assets.resources import HeldHome
from pipelines.assets.tables import Link, key_of_table, markdown
from pipelines.pages.quality import read_failing
from pipelines.state.addresses import quality_address
from schemas.check_result import CheckResult
from warehouse.reports.quality.completeness import Matrix
from warehouse.reports.quality.content import Standing
from warehouse.reports.quality.failing import failing_word
from warehouse.reports.quality.reading import SQL

_KINDS = {"duckdb"}
_OWNERS = ["team:数据管理员"]
_PAGE = {"quality": dg.MetadataValue.url(quality_address())}


@dg.asset(
    key=["quality", "completeness"],
    deps=[key_of_table("dq_expected_delivery"), key_of_table("dim_reporter")],
    description="谁报了：各表各单位各报告期按期、迟报、未报；报送率",
    group_name=QUALITY,
    kinds=_KINDS,
    owners=_OWNERS,
    metadata=_PAGE,
)
def completeness(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
    """Count what was due, and show a matrix for each form that has anything late or missing."""
    with held.step(context):
        standing = held.standing()
        rate = standing.reporting_rate_pct
        return _result(
            "expected",
            {
                **({} if rate is None else {"reporting_rate_pct": float(rate)}),
                "missing_deliveries": standing.missing,
                "late_deliveries": standing.late,
                "on_time_deliveries": sum(matrix.on_time for matrix in standing.matrices),
                "forms": dg.MetadataValue.md(_forms(standing)),
                "matrix": dg.MetadataValue.md("\n\n".join(map(_matrix, standing.matrices))),
            },
        )


@dg.asset(
    key=["quality", "reconciliation"],
    deps=[
        key_of_table(model) for model in ("dq_control_total", "dq_printed_rule", "dq_printed_rule_violation")
    ]
    + [key_of_table("dq_finding")],
    description="对得上否：所印合计、表内所印规则、跨来源的规则，比了多少，不符多少",
    group_name=QUALITY,
    kinds=_KINDS,
    owners=_OWNERS,
    metadata=_PAGE,
)
def reconciliation(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
    """Count what was held against something else, and show the disagreements."""
    with held.step(context):
        compared = held.standing().reconciliation
        return _result(
            "totals",
            {
                "control_totals_compared": compared.compared,
                "control_totals_disagreeing": compared.totals.total,
                "printed_rules_evaluated": compared.evaluated,
                "printed_rules_broken": compared.printed_rules.total,
                "cross_source_rules": compared.checked,
                "cross_source_findings": compared.cross_source_rows,
                "disagreements": dg.MetadataValue.md(
                    _disagreements([*compared.totals.rows, *compared.printed_rules.rows])
                ),
                "cross_source": dg.MetadataValue.md(
                    markdown(
                        ("规则", "行"), [(rule.title, rule.failed_rows) for rule in compared.cross_source]
                    )
                ),
                "all_printed_rules": SQL["printed_rules"],
            },
        )


@dg.asset(
    key=["quality", "score"],
    deps=[key_of_table("dq_quality_score")],
    description="质量得分：各表完整、及时、有效、一致四项的平均，0 至 100",
    group_name=QUALITY,
    kinds=_KINDS,
    owners=_OWNERS,
    metadata=_PAGE,
)
def score(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
    """Show the mean over forms, and each form's score."""
    with held.step(context) as load:
        standing = held.standing()
        titles = {matrix.table: matrix.form_title for matrix in standing.matrices}
        mean: dict[str, float] = {}
        if standing.score_pct is not None:
            mean = {"score_pct": float(standing.score_pct)}
            load.score(mean["score_pct"], dict(standing.figures.counts))
        scores = [(titles.get(table, table), f"{score:.2f}") for table, score in standing.scores.items()]
        return _result(
            "scores",
            {"forms": len(scores), "scores": dg.MetadataValue.md(markdown(("表", "得分"), scores))} | mean,
        )


@dg.asset(
    key=["quality", "failing"],
    deps=[key_of_table("dq_check_result"), key_of_table("dq_finding")],
    description="没有通过的检查：最重的在前，各有链接、行数和一例",
    group_name=QUALITY,
    kinds=_KINDS,
    owners=_OWNERS,
    metadata=_PAGE,
)
def failing(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
    """Count the failed checks of what was published, and list them with links."""
    with held.step(context):
        checks, files = read_failing(held.home.root)
        by_word = Counter(failing_word(check) for check in checks)
        return dg.MaterializeResult(
            metadata={
                "failing_checks": len(checks),
                "warned": by_word["提醒"],
                "failed": len(checks) - by_word["提醒"],
                "checks": dg.MetadataValue.md(_failing(checks, files)),
            }
        )


def _failing(checks: Sequence[CheckResult], files: Mapping[str, str]) -> str:
    """List failed checks; a link begins with a slash, so that it stays within the UI on whichever port that is."""
    if not checks:
        return "都通过了"
    rows = []
    for check in checks:
        asset = key_of_table(check.table).to_user_string()
        link = f"/assets/{asset}?view=checks&checkDetail={check.merged_into or check.name}"
        rows.append((failing_word(check), Link(check.title, link), asset, describe_failure(check, files)))
    return markdown(("程度", "检查", "资产", "行与一例"), rows)


def _result(sql: str, metadata: dict[str, Any]) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={**metadata, "all_rows": SQL[sql]})


def _forms(standing: Standing) -> str:
    return markdown(
        ("表名", "应报", "按期", "迟报", "未报", "报送率 %"),
        [
            (
                m.form_title,
                m.due,
                m.on_time,
                m.late,
                m.missing,
                "" if m.reporting_rate_pct is None else f"{m.reporting_rate_pct:.2f}",
            )
            for m in standing.matrices
        ],
    )


def _matrix(matrix: Matrix) -> str:
    rows = [
        (reporter, *("" if cell is None else cell.mark for cell in cells)) for reporter, cells in matrix.rows
    ]
    return f"**{matrix.form_title}**\n\n" + markdown(("", *matrix.periods), rows)


def _disagreements(rows: Sequence[Any]) -> str:
    return markdown(
        ("文件", "位置", "合计或规则", "左边", "右边", "相差"),
        [(row.file, row.place, row.what, row.left, row.right, row.difference) for row in rows],
    )
