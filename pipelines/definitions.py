"""The code location: `pipelines.definitions` as workspace.yaml and [tool.dg] name it."""

import logging
from pathlib import Path

import dagster as dg

from pipelines.assets.bulletin import bulletin_asset
from pipelines.assets.forms import form_specs
from pipelines.assets.load import load
from pipelines.assets.quality import completeness, failing, reconciliation, score
from pipelines.assets.receiving import intake, staging_asset
from pipelines.assets.resources import HeldHome
from pipelines.assets.warehouse import warehouse_asset
from pipelines.decisions import decision_jobs
from pipelines.schedules import nightly, nightly_schedule, receive
from pipelines.sensors import inbox_sensor, overdue_sensor
from pipelines.state.instance import home_root, missing_history
from schemas.validate import assert_armed
from sources.county.references import read_references
from sources.home.folders import Home


def definitions(root: Path) -> dg.Definitions:
    """Everything that Dagster runs, on one home. Raises ValidationDisarmed."""
    assert_armed()
    references = read_references(Home(root).county)
    return dg.Definitions(
        assets=[
            *form_specs(references),
            intake,
            *(staging_asset(table, references) for table in references.reported),
            warehouse_asset(references),
            failing,
            completeness,
            reconciliation,
            score,
            bulletin_asset(references, root),
            load,
        ],
        jobs=[nightly, receive, *decision_jobs(Home(root), references)],
        schedules=[nightly_schedule(Home(root))],
        sensors=[inbox_sensor(Home(root)), overdue_sensor(Home(root))],
        resources={"held": HeldHome(root=str(root), county_hash=references.catalogue.county_hash)},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """On the home that the environment names, when Dagster loads this code location."""
    root = home_root()
    advice = missing_history(root)
    if advice:
        logging.getLogger("xiangcang").warning(advice)
    return definitions(root)
