"""Jobs that take a steward's decisions from the Launchpad, with typed configuration."""

from datetime import datetime

import dagster as dg

from pipelines.state.doubted_values import assert_doubted
from pipelines.state.lock import hold
from sources.county.references import References
from sources.holding.decide import accept_totals, clear_finding, decide, settle
from sources.holding.decisions import PeriodVerdict, Verdict
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.intake import answer_anew
from sources.reading.worker import Reader
from warehouse.database.store import Store

_WAIT_SECONDS = 600.0


class DeliveryDecision(dg.Config):
    """delivery_id: 报送编号，见回执、质量页和 dq_delivery. why: 理由. by: 决定人."""

    delivery_id: str
    why: str
    by: str


class DecisionOnPeriod(dg.Config):
    """period: 年、季或月，如 2022、2022-Q3、2022-06. why: 理由. by: 决定人."""

    period: str
    why: str
    by: str


class DecisionOnFinding(dg.Config):
    """check, row_key, field, value: 见 dq_doubt 的 check_name、row_key、field、value. why: 理由. by: 决定人."""

    check: str
    row_key: str
    field: str
    value: str
    why: str
    by: str


def decision_jobs(home: Home, references: References) -> list[dg.JobDefinition]:
    """Define the jobs by which a steward decides, on a home."""
    return [
        _delivery_job(home, references, "confirm", "确认一份待核实的报送：下次加载起计入"),
        _delivery_job(home, references, "withdraw", "撤回一份报送：下次加载起不计，此前有效的报送恢复"),
        _totals_job(home),
        _period_job(home, "settle", "把一期定稿：缺的不再等，此后到的报送待核实；下次加载起生效"),
        _period_job(home, "reopen", "重开一个已定稿的期；下次加载起生效"),
        _finding_job(home),
    ]


def _delivery_job(home: Home, references: References, verdict: Verdict, description: str) -> dg.JobDefinition:
    @dg.op(name=f"{verdict}_delivery", description=description)
    def take(context: dg.OpExecutionContext, config: DeliveryDecision) -> None:
        now = datetime.now(SHANGHAI)
        with hold(home.root, None, wait_seconds=_WAIT_SECONDS), Reader() as reader:
            receipt = decide(
                home, references, config.delivery_id, verdict, why=config.why, by=config.by, now=now
            )
            answer_anew(home, references, reader, receipt, now)
        context.add_output_metadata(
            {
                "file": f"{receipt.file.folder}/{receipt.file.name}",
                "form": receipt.form_title,
                "period": receipt.period,
            }
        )

    @dg.job(name=verdict, description=description)
    def job() -> None:
        take()

    return job


def _totals_job(home: Home) -> dg.JobDefinition:
    description = "准予一份报送的合计与各行不符：下次加载时重读，不因合计退回"

    @dg.op(name="accept_totals_of_delivery", description=description)
    def take(config: DeliveryDecision) -> None:
        with hold(home.root, None, wait_seconds=_WAIT_SECONDS):
            accept_totals(home, config.delivery_id, why=config.why, by=config.by, now=datetime.now(SHANGHAI))

    @dg.job(name="accept_totals", description=description)
    def job() -> None:
        take()

    return job


def _period_job(home: Home, verdict: PeriodVerdict, description: str) -> dg.JobDefinition:
    @dg.op(name=f"{verdict}_period", description=description)
    def take(config: DecisionOnPeriod) -> None:
        with hold(home.root, None, wait_seconds=_WAIT_SECONDS):
            settle(home, config.period, verdict, why=config.why, by=config.by, now=datetime.now(SHANGHAI))

    @dg.job(name=verdict, description=description)
    def job() -> None:
        take()

    return job


def _finding_job(home: Home) -> dg.JobDefinition:
    description = "核实一个被质疑的值无误：下次加载起不再质疑，值有变动则恢复"

    @dg.op(name="clear_finding", description=description)
    def take(config: DecisionOnFinding) -> None:
        of = (config.check, config.row_key, config.field, config.value)
        with hold(home.root, None, wait_seconds=_WAIT_SECONDS):
            assert_doubted(Store(home.root), *of)
            clear_finding(home, *of, why=config.why, by=config.by, now=datetime.now(SHANGHAI))

    @dg.job(name="confirm_finding", description=description)
    def job() -> None:
        take()

    return job
