"""The sample's periods, as the program reads them from each file."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from sample import SampleManifest
from sources.county.references import read_references
from sources.layout.draft import Draft
from sources.reading.cells import Unreadable
from sources.reading.workbook import sniff
from sources.reading.worker import Reader
from sources.text_delivery import text_draft
from sources.workbook_delivery import workbook_drafts
from tests.district import COUNTY

_RULES = {"delivery__period_missing", "delivery__period_mismatch"}


def test_every_file_is_read_as_of_its_period(home: Path, manifest: SampleManifest, tmp_path: Path) -> None:
    references = read_references(COUNTY)
    of_file: dict[str, list[str]] = {}
    for delivery in manifest.deliveries:
        if delivery.delivery_rule not in _RULES:
            of_file.setdefault(delivery.file, []).append(delivery.period)
    arrivals = {delivery.file: delivery.arrival for delivery in manifest.deliveries}

    def draft(file: str, reader: Reader) -> list[Draft]:
        path = home / file
        reporter = references.reporter_of(path.parent.name, datetime.fromisoformat(arrivals[file]).date())
        assert reporter is not None
        try:
            if sniff(path.read_bytes()) == "text":
                reader.transcode(path, tmp_path / "utf-8.txt")
                return [text_draft(tmp_path / "utf-8.txt", path.name, references, reporter, reader)]
            return workbook_drafts(reader.read(path.read_bytes()), path.name, references, reporter)
        except Unreadable:
            return []

    with Reader() as reader:
        drafts = {file: draft(file, reader) for file in of_file}

    wrong = {
        file: (of_file[file], [draft.period for draft in of_this])
        for file, of_this in drafts.items()
        if of_this and Counter(draft.period for draft in of_this if draft.contract) - Counter(of_file[file])
    }
    refused = [
        file for file, of_this in drafts.items() for d in of_this for r in d.reasons if r.rule in _RULES
    ]
    assert (wrong, refused) == ({}, [])
    assert sum(bool(of_this) for of_this in drafts.values()) > 500
