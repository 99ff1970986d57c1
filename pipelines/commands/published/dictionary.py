"""`xiangcang dictionary`: the data dictionary as files."""

import argparse

from pipelines.commands import Refused
from pipelines.pages.published import write_dictionary
from pipelines.state.instance import home_root
from schemas.errors import XiangcangError


def run(arguments: argparse.Namespace) -> int:
    """Write 数据字典.md and 数据字典.html into a folder, which is made; refused where that cannot be done."""
    try:
        for path in write_dictionary(home_root(), arguments.folder):
            print(path)
    except (XiangcangError, OSError) as error:
        raise Refused(f"数据字典没有写出：{error}") from error
    return 0
