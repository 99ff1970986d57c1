"""Room on the disk is looked at before a step, and too little of it is said with folder, figures and remedy."""

from collections import namedtuple
from pathlib import Path

import pytest

from sources.home.backup import back_up, restore
from sources.home.folders import Home
from sources.home.space import TooLittleSpace, bytes_in, require_space

MB = 1 << 20
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def ten_megabytes_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.home.space.shutil.disk_usage", lambda _: Usage(100 * MB, 90 * MB, 10 * MB))


def test_a_step_that_fits_is_let_through(ten_megabytes_free: None, tmp_path: Path) -> None:
    require_space(tmp_path, "建库", 10 * MB)


def test_one_that_does_not_is_refused_by_folder_figures_and_remedy(
    ten_megabytes_free: None, tmp_path: Path
) -> None:
    with pytest.raises(TooLittleSpace) as refused:
        require_space(tmp_path / "not" / "made", "建库", 10 * MB + 1)
    assert str(refused.value) == (
        f"建库：{tmp_path}/not/made 所在的磁盘可用 10 MB，估计需要 11 MB；这一步没有开始，已发布的版本照旧。"
        "请腾出空间或换到更大的磁盘，再运行一次"
    )


def test_sizes_are_of_files_and_of_all_below_folders(tmp_path: Path) -> None:
    for name, size in {"a": 3, "b/c": 5, "b/d/e": 7}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
    (tmp_path / "b" / "link").symlink_to(tmp_path / "a")
    link = (tmp_path / "b" / "link").lstat().st_size
    assert bytes_in([tmp_path / "a", tmp_path / "b", tmp_path / "missing"]) == 15 + link


def test_a_backup_that_does_not_fit_is_not_begun(ten_megabytes_free: None, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    with (home.archive / "a").open("wb") as file:
        file.truncate(11 * MB)
    with pytest.raises(TooLittleSpace, match=r"备份：.*kept 所在的磁盘可用 10 MB"):
        back_up(home, tmp_path / "kept")
    with pytest.raises(TooLittleSpace, match=r"恢复：.*new 所在的磁盘可用 10 MB"):
        restore(home.root, Home(tmp_path / "new"))
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
