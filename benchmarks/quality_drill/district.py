"""The district of the drill: files without a mistake, and a home in which files are loaded and checked."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.county import CATALOGUE, REFERENCES
from pipelines.assets.resources import Snapshot
from pipelines.assets.warehouse import build_sources, row_checks
from sample.district.people import People
from sample.district.sent import Record, SentFile
from sample.district.targets import Targets
from sample.plan import clean_files
from sample.write import put, render, write_label
from schemas.check_result import CheckResult
from sources.holding.home_states import home_states
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from sources.reading.worker import Reader
from warehouse.build.build import build
from warehouse.build.inputs import Inputs


@dataclass(frozen=True)
class Loaded:
    """A loaded home: its receipts, and the results of every check."""

    home: Home
    receipts: list[Receipt]
    checks: list[CheckResult]


def sound_files(seed: int) -> list[SentFile]:
    """Make every file of a district of this seed, without the few oddities that the sample has on purpose."""
    files = list(map(deepcopy, clean_files(seed, Targets(), 1, People(seed))))  # some share their records
    for file in files:
        for delivery in file.deliveries:
            for record in delivery.records:
                _remove_oddity(delivery.table, record)
    return files


def _remove_oddity(table: str, record: Record) -> None:
    """Change an enterprise that trades what others made, an orchard that sells by post, a village most have left."""
    values: dict[str, Any] = record
    match table:
        case "agri_processing" if values["sales_revenue_ytd_yuan"] > 3 * values["output_value_ytd_yuan"]:
            values["output_value_ytd_yuan"] = values["sales_revenue_ytd_yuan"]
        case "rural_tourism" if not values["visits"]:
            values["revenue_yuan"] = Decimal(0)
        case "village_profile" if values["registered_persons"] < values["registered_households"]:
            values["registered_persons"] = 2 * values["registered_households"]


def load(root: Path, files: Iterable[SentFile]) -> Loaded:
    """Write the files into a new home, receive, build and check them; nothing is published."""
    home = Home(root)
    home.prepare()
    files = list(files)
    last_arrival = max(file.arrival for file in files)
    write_label(root, 0, Targets(), 1, ends_on=last_arrival.date())
    for file in files:
        put(root / file.path, render(file)[0], file)
    references, last = REFERENCES, last_arrival + timedelta(days=1)
    with Reader() as reader:
        receive(home, reader, now=lambda: datetime.now(SHANGHAI), settle_seconds=0, references=references)
    receipts = read_receipts(home)
    states = home_states(home, references, receipts, last)
    built = build(
        Inputs(CATALOGUE, build_sources(home, references, Snapshot(last, receipts, states))),
        out=root / "drill.duckdb",
        cut_off=last,
        synthetic=True,
        row_checks=row_checks(home, references, states.open),
    )
    return Loaded(home, receipts, built.checks)
