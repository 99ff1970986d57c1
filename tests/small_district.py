"""A district of a few reporters at the end of one year: files of every kind, and no more than mechanism needs."""

import json
import shutil
from pathlib import Path

FOLDERS = ("高山镇", "西韩岭乡", "鸦儿崖乡", "区交通运输局", "大同农商行云冈支行", "邮政储蓄银行云冈区支行")
"""Their files are workbooks of both shapes, registers, a ledger and the PBOC pair."""

YEAR_END = ("2022", "2022-Q4", "2022-12", "2022-12-31")

LEADING_UP = {
    "rural_tourism": ("高山镇", tuple(f"2022-{month:02}" for month in range(1, 12))),
    "loan_note": ("大同农商行云冈支行", ("2022-10-31", "2022-11-30")),
}
"""By table, whose earlier files are there too where figures move over the months, and of which periods."""


def files(written_sample: Path) -> list[Path]:
    """The files of the sample that this district is made of, in the order of arrival."""
    manifest = json.loads((written_sample / "expected" / "manifest.json").read_text("utf-8"))
    chosen = set()
    for delivery in manifest["deliveries"]:
        path = written_sample / delivery["file"]
        folder, periods = LEADING_UP.get(delivery["table"], ("", ()))
        leads_up = path.parent.name == folder and delivery["period"] in periods
        if leads_up or (path.parent.name in FOLDERS and delivery["period"] in YEAR_END):
            chosen.add(path)
    return sorted(chosen, key=lambda path: path.stat().st_mtime_ns)


def fill(home: Path, written_sample: Path) -> list[Path]:
    """Drop them into a home; give them there."""
    dropped = []
    for path in files(written_sample):
        dropped.append(home / path.relative_to(written_sample))
        dropped[-1].parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, dropped[-1])
    shutil.copytree(written_sample / "county", home / "county", dirs_exist_ok=True)
    shutil.copy2(written_sample / "synthetic.json", home)
    return dropped
