"""What a killed load leaves beside the staged rows."""

from pathlib import Path

from sources.home.folders import Home
from sources.staging.files import sweep


def test_files_that_no_receipt_names_and_folders_of_texts_are_swept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    kept, left, text = (
        home.staging / name for name in ("pond/a.parquet", "pond/b.parquet", "tmp1/utf-8.txt")
    )
    for path in (kept, left, text):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"rows")
    (home.staging / "tmp2").mkdir()
    assert sorted(sweep(home, {"staging/pond/a.parquet"})) == [left, text]
    assert sorted(path.name for path in home.staging.rglob("*")) == ["a.parquet", "pond"]
