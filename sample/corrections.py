"""The corrections of the sample's home: cells that were written otherwise than meant, as confirmed by phone."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from sample.grid import PrintedPlace
from sample.sent import SentDelivery, SentFile

PATH = "corrections/sample.toml"

Said = dict[str, str]
"""The keys of a correction and their texts; `when` is an ISO date."""


def corrections_of(file: SentFile, delivery: SentDelivery, places: Sequence[PrintedPlace]) -> list[Said]:
    """One correction for each slip of a delivery; places: where its records landed."""
    return [
        {
            "id": f"示例-{delivery.reporter.name}-{delivery.period}-{places[record].cells[field]}",
            "table": delivery.table,
            "reporter": delivery.reporter.code,
            "period": delivery.period,
            "sheet": places[record].sheet,
            "cell": places[record].cells[field],
            "field": field,
            "expect": str(written),
            "value": str(delivery.records[record][field]),
            "who": "示例区数据管理员",
            "when": (file.arrival + timedelta(days=1)).date().isoformat(),
            "why": "多打一个零，与所印合计不合；电话向填报单位核实",
            "status": "in_force",
        }
        for record, slip in delivery.slips.items()
        for field, written in slip.items()
    ]


def write_corrections(home: Path, corrections: Iterable[Said]) -> None:
    """Write them to the home's file of the sample's corrections."""
    path = home / PATH
    path.parent.mkdir(exist_ok=True, mode=0o700)
    entries = ["\n".join(["[[correction]]", *map(_line, said.items())]) for said in corrections]
    path.write_text("\n\n".join(["# 合成示例数据", *entries]) + "\n", "utf-8")


def _line(said: tuple[str, str]) -> str:
    name, text = said
    return f"{name} = {text}" if name == "when" else f'{name} = "{text}"'
