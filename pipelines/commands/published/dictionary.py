"""`xiangcang dictionary`: the data dictionary as files."""

import argparse

from pipelines.commands import Refused
from pipelines.pages.published import write_dictionary, write_surface
from pipelines.state.instance import home_root
from schemas.errors import XiangcangError


def run(arguments: argparse.Namespace) -> int:
    """Write 数据字典.md, 数据字典.html and surface.txt into a folder, which is made; refused where that cannot be done."""
    try:
        written = write_dictionary(home_root(), arguments.folder)
        for path in [*written, write_surface(home_root(), arguments.folder)]:
            print(path)
    except (XiangcangError, OSError) as error:
        raise Refused(f"数据字典没有写出：{error}") from error
    return 0
