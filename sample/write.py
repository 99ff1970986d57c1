"""Writing of the sample district: an inbox of deliveries, corrections, and the expected outcomes."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from sample.district.people import People
from sample.district.registers import COUNTY
from sample.district.sent import SentDelivery, SentFile, SheetLayout
from sample.district.targets import Targets
from sample.faults.corrections import SampleCorrection, make_corrections, write_corrections
from sample.faults.mishaps import NEVER_SENT, apply_mishaps
from sample.figures import compute_figures
from sample.files.containers import to_html, to_xls, to_xlsx
from sample.files.grid import PrintedGrid, PrintedPlace
from sample.files.layouts import header
from sample.files.sheets import SYNTHETIC, lay_out
from sample.files.texts import write_text
from sample.manifest import PATH, ExpectedDelivery, SampleManifest, expect_outcome, read_manifest
from sample.plan import clean_files
from schemas.errors import XiangcangError
from sources.home.folders import Home

LABEL = "合成示例数据"
_DEFAULT_TARGETS = Targets()


class HomeInUse(XiangcangError):
    """The folder holds real deliveries, or a sample that is already being loaded."""


def write_sample(
    home: Path,
    *,
    seed: int = 2022,
    targets: Targets = _DEFAULT_TARGETS,
    scale: float = 1,
    on_file: Callable[[str], None] | None = None,
) -> SampleManifest:
    """Write every reporter's files of 2021 and 2022 to `<home>/inbox`, the home's corrections, the manifest.

    scale multiplies enterprises and loans, never the targets. Files' times of change are their times of
    arrival. The same arguments give the same bytes. on_file is called with each file's path relative to the
    home. Raise HomeInUse where the home holds receipts or is not a sample's, ValueError for a scale below 1.
    """
    if scale < 1:
        raise ValueError(f"示例的规模应不小于 1：{scale}")
    refuse_home_in_use(home)
    _clear_earlier_sample(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    people = People(seed)
    files = apply_mishaps(clean_files(seed, targets, scale, people), seed)
    write_county(home / "county")
    write_label(home, seed, targets, scale, ends_on=files[-1].arrival.date())
    expected, in_force, corrections = _write_files(home, files, on_file)
    write_corrections(home, corrections)
    manifest = SampleManifest(
        label=LABEL,
        seed=seed,
        scale=scale,
        targets=targets.as_text(),
        deliveries=expected,
        missing=[dict(zip(("table", "reporter", "period"), key, strict=True)) for key in NEVER_SENT],
        figures=compute_figures(in_force),
        personal=people.personal(),
        corrections=corrections,
    )
    manifest.write(home)
    return manifest


def refuse_home_in_use(home: Path) -> None:
    """Raise HomeInUse unless the home is new, empty, or a sample's without receipts."""
    state = Home(home)
    if state.receipts.exists() and any(state.receipts.iterdir()):
        raise HomeInUse(f"{home} 中已有回执，不能再写入示例；请另选一个空文件夹，或删去该文件夹后重来")
    if home.exists() and any(home.iterdir()) and not state.synthetic:
        raise HomeInUse(f"{home} 不是示例的文件夹，其中可能有真实报送；请另选一个空文件夹")


def _clear_earlier_sample(home: Path) -> None:
    """Remove the files that an earlier sample wrote here, and no others."""
    if (home / PATH).exists():
        for delivery in read_manifest(home).deliveries:
            (home / delivery.file).unlink(missing_ok=True)


def write_county(folder: Path) -> None:
    """Write the district's county, readable by its owner alone."""
    for path in sorted(path for path in COUNTY.rglob("*") if path.is_file()):
        copy = folder / path.relative_to(COUNTY)
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)


def write_label(home: Path, seed: int, targets: Targets, scale: float, *, ends_on: date) -> None:
    """Mark a home as a sample's, with the arguments that it is made from and the day of its last delivery."""
    payload = {
        "label": LABEL,
        "seed": seed,
        "scale": scale,
        "ends_on": ends_on.isoformat(),
        "targets": targets.as_text(),
    }
    (home / "synthetic.json").write_text(json.dumps(payload, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_files(
    home: Path, files: Sequence[SentFile], on_file: Callable[[str], None] | None
) -> tuple[list[ExpectedDelivery], list[SentDelivery], list[SampleCorrection]]:
    """Write files in their order of arrival.

    Return the expected outcome of each delivery, the deliveries in force at the end, and the corrections.
    """
    expected: list[ExpectedDelivery] = []
    corrections: list[SampleCorrection] = []
    in_force: dict[tuple[str, str, str], tuple[str, SentDelivery, ExpectedDelivery]] = {}
    for file in files:
        data, places_by_delivery = render(file)
        digest = hashlib.sha256(data).hexdigest()
        put(home / file.path, data, file)
        for delivery, places in zip(file.deliveries, places_by_delivery, strict=True):
            is_duplicate = delivery.key in in_force and in_force[delivery.key][0] == digest
            expectation = expect_outcome(file, delivery, places, is_duplicate)
            expected.append(expectation)
            corrections += make_corrections(file, delivery, places)
            if expectation.outcome == "accepted":
                in_force[delivery.key] = digest, delivery, expectation
        if on_file:
            on_file(file.path)
    for _, _, expectation in in_force.values():
        expectation.is_in_force = True
    return expected, [delivery for _, delivery, _ in in_force.values()], corrections


def render(file: SentFile) -> tuple[bytes, list[list[PrintedPlace]]]:
    """Render a file: its bytes, and for each of its deliveries the places of its records."""
    if file.kind == "text":
        data, text_places = write_text(file.deliveries[0])
        places = [text_places]
    else:
        laid_out = [lay_out(delivery) for delivery in file.deliveries]
        grids = [grid for sheets, _ in laid_out for grid in sheets] + _make_other_sheets(file.deliveries[0])
        author = file.deliveries[0].signers.filler
        data = {
            "xlsx": lambda: to_xlsx(grids, author),
            "xls": lambda: to_xls(grids),
            "html": lambda: to_html(grids[:1]),
        }[file.kind]()
        places = [of_delivery for _, of_delivery in laid_out]
    return (file.harm(data) if file.harm else data), places


def _make_other_sheets(delivery: SentDelivery) -> list[PrintedGrid]:
    """Make sheets without data: explanations, a hidden sheet of definitions, Excel's empty ones."""
    layout = delivery.layout
    if not isinstance(layout, SheetLayout):
        return []
    grids = [PrintedGrid(name) for name in layout.empty_sheets]
    if layout.notes_sheet:
        signers = delivery.signers
        notes = PrintedGrid("填表说明")
        notes.put(0, 0, "一、本表由各报送单位按期填报。")
        notes.put(1, 0, f"二、请{signers.statistician}核对后报送，联系电话{signers.phone}。")
        notes.put(2, 0, SYNTHETIC)
        definitions = PrintedGrid("指标解释", hidden=True)
        for row, column in enumerate(layout.columns):
            definitions.put(row, 0, f"{row + 1}. {header(delivery.contract, column.field, 0)}")
        grids += [notes, definitions]
    return grids


def put(path: Path, data: bytes, file: SentFile) -> None:
    """Write a file's bytes, with its arrival as the time of change."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    os.utime(path, (file.arrival.timestamp(), file.arrival.timestamp()))
