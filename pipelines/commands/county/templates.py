"""`xiangcang templates`: blank forms for those who report."""

import argparse
from datetime import datetime

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from schemas.errors import XiangcangError
from sources.county.references import read_references
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.templates.write import write_templates


def run(arguments: argparse.Namespace) -> int:
    """Write the blank forms into a folder and say which; refused where that cannot be done."""
    try:
        references = read_references(Home(home_root()).county)
        for path in write_templates(arguments.folder, references, datetime.now(SHANGHAI).date()):
            print(path)
    except (XiangcangError, OSError) as error:
        raise Refused(f"空白表样没有写出：{error}") from error
    return 0
