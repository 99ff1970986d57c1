"""Jobs that take a steward's decision on a delivery from the Launchpad, with typed configuration."""

from datetime import datetime

import dagster as dg

from pipelines.state.lock import hold
from sources.county.references import References
from sources.holding.decide import decide
from sources.holding.decisions import Verdict
from sources.home.folders import Home
from sources.intake import SHANGHAI, answer_anew
from sources.reading.worker import Reader

_WAIT_SECONDS = 600.0


class DeliveryDecision(dg.Config):
    """delivery_id: 报送编号，见回执、质量页和 dq_delivery. why: 理由. by: 决定人."""

    delivery_id: str
    why: str
    by: str


def decision_jobs(home: Home, references: References) -> list[dg.JobDefinition]:
    """Define the jobs `confirm` and `withdraw` on a home."""
    return [
        _job(home, references, "confirm", "确认一份待核实的报送：下次加载起计入"),
        _job(home, references, "withdraw", "撤回一份报送：下次加载起不计，此前有效的报送恢复"),
    ]


def _job(home: Home, references: References, verdict: Verdict, description: str) -> dg.JobDefinition:
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
