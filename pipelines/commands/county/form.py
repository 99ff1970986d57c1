"""`xiangcang form`: all that is known of one form."""

import argparse

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.form import describe_form
from sources.county.references import read_references
from sources.home.folders import Home


def run(arguments: argparse.Namespace) -> int:
    """Print who sends it, its headings, fields, rules, indicators and SQL; refused where there is no such form."""
    references = read_references(Home(home_root()).county)
    if arguments.name not in references.tables:
        raise Refused(f"没有表 {arguments.name}；有：{'、'.join(references.tables)}")
    for line in describe_form(arguments.name, references):
        print(line)
    return 0
