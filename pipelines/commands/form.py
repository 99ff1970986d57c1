"""`xiangcang form`: all that is known of one form."""

import argparse

from pipelines.commands import Refused
from pipelines.terminal.form import describe_form
from schemas.catalogue import STAGED
from sources.county.references import read_references


def run(arguments: argparse.Namespace) -> int:
    """Print who sends it, its headings, fields, rules, indicators and SQL; refused where there is no such form."""
    if arguments.name not in STAGED:
        raise Refused(f"没有表 {arguments.name}；有：{'、'.join(STAGED)}")
    for line in describe_form(arguments.name, read_references()):
        print(line)
    return 0
