"""What an operator may set of a home, its `operating.toml`; without the file all is as the defaults say."""

import grp
from pathlib import Path

from pydantic import Field, field_validator

from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile

OPERATING = "operating.toml"
"""In a home."""


class Operating(Strict):
    """What is set.

    readers: the group of the system that may read the published file; None for its owner alone. keep_versions: how many
    versions' files are kept, the newest; beside them the last of each month is.
    """

    readers: str | None = Field(
        default=None, examples=["xiangcang-readers"], description="可读已发布文件的用户组"
    )

    keep_versions: int = Field(default=30, ge=1, description="保留最近多少个版本的文件")

    @field_validator("readers")
    @classmethod
    def _exists(cls, readers: str | None) -> str | None:
        if readers is not None and readers not in {group.gr_name for group in grp.getgrall()}:
            raise ValueError(f"没有用户组 {readers}；请先执行 groupadd {readers}，或去掉这一行")
        return readers


def read_operating(root: Path) -> Operating:
    """Read what is set of a home. Raises SettingsRefused."""
    path = root / OPERATING
    return TomlFile(path, "运行设置").make(Operating) if path.exists() else Operating()
