"""`xiangcang templates`: a file for every form and reporter."""

from pathlib import Path

import pytest

from pipelines.cli import main
from sources.county.contract import TextContract, WorkbookContract
from sources.county.references import read_references
from tests.district import COUNTY


def expected_paths() -> list[str]:
    """Every form of every reporter; a text form is a guide and, where it has a header line, that."""
    references, paths = read_references(COUNTY), []
    for reporter in references.reporters:
        for contract in references.contracts.values():
            if contract.expects(reporter.kind, reporter.code):
                stem = f"{reporter.folder}/{contract.title[0]}"
                paths.append(
                    f"{stem}.xlsx" if isinstance(contract, WorkbookContract) else f"{stem}字段说明.xlsx"
                )
                if isinstance(contract, TextContract) and contract.text.header:
                    paths.append(f"{stem}.csv")
    return paths


def test_every_form_is_written_for_every_reporter_and_its_path_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", str(tmp_path)]) == 0

    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    printed = [Path(line).relative_to(tmp_path).as_posix() for line in capsys.readouterr().out.splitlines()]
    assert len(written) > 25
    assert sorted(written) == sorted(printed) == sorted(expected_paths())


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空表").write_text("")
    assert main(["templates", str(tmp_path / "空表")]) == 1
    assert capsys.readouterr().err.startswith("xiangcang: ")
