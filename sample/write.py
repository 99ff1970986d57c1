"""Write the sample district: an inbox full of deliveries, and beside it what must become of them."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from sample.containers import to_html, to_xls, to_xlsx
from sample.corrections import Said, corrections_of, write_corrections
from sample.figures import figures
from sample.grid import PrintedGrid, PrintedPlace
from sample.layouts import header
from sample.manifest import PATH, ExpectedDelivery, SampleManifest, expect, read_manifest
from sample.mishaps import NEVER_SENT, with_mishaps
from sample.people import People
from sample.plan import clean_files
from sample.sent import SentDelivery, SentFile, SheetLayout
from sample.sheets import SYNTHETIC, lay_out
from sample.targets import Targets
from sample.texts import write_text
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
    """Write every reporter's files of 2021 and 2022 to `<home>/inbox`, the home's corrections, and what is expected.

    scale multiplies enterprises and loans, never the targets. Files' times of change are their times of
    arrival. The same arguments give the same bytes. on_file hears each file's path relative to the home.
    Raises HomeInUse where the home holds receipts or is not a sample's, ValueError for a scale below 1.
    """
    if scale < 1:
        raise ValueError(f"示例的规模应不小于 1：{scale}")
    refuse_home_in_use(home)
    _clear_earlier_sample(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_label(home, seed, targets, scale)
    people = People(seed)
    files = with_mishaps(clean_files(seed, targets, scale, people), seed)
    expected, in_force, corrections = _write_files(home, files, on_file)
    write_corrections(home, corrections)
    manifest = SampleManifest(
        label=LABEL,
        seed=seed,
        scale=scale,
        targets=targets.as_text(),
        deliveries=expected,
        missing=[dict(zip(("table", "reporter", "period"), key, strict=True)) for key in NEVER_SENT],
        figures=figures(in_force),
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
    """Take away the files that an earlier sample wrote here, and no others."""
    if (home / PATH).exists():
        for delivery in read_manifest(home).deliveries:
            (home / delivery.file).unlink(missing_ok=True)


def write_label(home: Path, seed: int, targets: Targets, scale: float) -> None:
    """Mark a home as a sample's."""
    said = {"label": LABEL, "seed": seed, "scale": scale, "targets": targets.as_text()}
    (home / "synthetic.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_files(
    home: Path, files: Sequence[SentFile], on_file: Callable[[str], None] | None
) -> tuple[list[ExpectedDelivery], list[SentDelivery], list[Said]]:
    """Write files in their order of arrival; what is expected of each, what is in force at the end, and what
    is to be corrected.
    """
    expected: list[ExpectedDelivery] = []
    corrections: list[Said] = []
    in_force: dict[tuple[str, str, str], tuple[str, SentDelivery, ExpectedDelivery]] = {}
    for file in files:
        data, places = render(file)
        digest = hashlib.sha256(data).hexdigest()
        put(home / file.path, data, file)
        for delivery, landed in zip(file.deliveries, places, strict=True):
            is_duplicate = delivery.key in in_force and in_force[delivery.key][0] == digest
            said = expect(file, delivery, landed, is_duplicate)
            expected.append(said)
            corrections += corrections_of(file, delivery, landed)
            if said.outcome == "accepted":
                in_force[delivery.key] = digest, delivery, said
        if on_file:
            on_file(file.path)
    for _, _, said in in_force.values():
        said.is_in_force = True
    return expected, [delivery for _, delivery, _ in in_force.values()], corrections


def render(file: SentFile) -> tuple[bytes, list[list[PrintedPlace]]]:
    """The bytes of a file, and for each of its deliveries where its records landed."""
    if file.kind == "text":
        data, places = write_text(file.deliveries[0])
        landed = [places]
    else:
        laid = [lay_out(delivery) for delivery in file.deliveries]
        grids = [grid for sheets, _ in laid for grid in sheets] + _other_sheets(file.deliveries[0])
        author = file.deliveries[0].signers.filler
        data = {
            "xlsx": lambda: to_xlsx(grids, author),
            "xls": lambda: to_xls(grids),
            "html": lambda: to_html(grids[:1]),
        }[file.kind]()
        landed = [places for _, places in laid]
    return (file.harm(data) if file.harm else data), landed


def _other_sheets(delivery: SentDelivery) -> list[PrintedGrid]:
    """Explanations, a hidden sheet of definitions, and what Excel left empty."""
    layout = delivery.layout
    if not isinstance(layout, SheetLayout):
        return []
    grids = [PrintedGrid(name) for name in layout.empty_sheets]
    if layout.notes_sheet:
        signers = delivery.signers
        words = PrintedGrid("填表说明")
        words.put(0, 0, "一、本表由各报送单位按期填报。")
        words.put(1, 0, f"二、请{signers.statistician}核对后报送，联系电话{signers.phone}。")
        words.put(2, 0, SYNTHETIC)
        terms = PrintedGrid("指标解释", hidden=True)
        for row, column in enumerate(layout.columns):
            terms.put(row, 0, f"{row + 1}. {header(delivery.contract, column.field, 0)}")
        grids += [words, terms]
    return grids


def put(path: Path, data: bytes, file: SentFile) -> None:
    """Write a file as of its arrival."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    os.utime(path, (file.arrival.timestamp(), file.arrival.timestamp()))
