"""`xiangcang check`: what would become of a file."""

import argparse
import logging
from datetime import datetime

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from schemas.validate import assert_armed
from sources.check import check_file
from sources.county.references import read_references
from sources.home.archive import readable
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.reading.worker import Reader


def run(arguments: argparse.Namespace) -> int:
    """Print its receipts; 1 where a delivery of it would be rejected."""
    if not arguments.file.is_file():
        raise Refused(f"没有文件 {readable(str(arguments.file))}")
    logging.getLogger("sources").addHandler(logging.NullHandler())  # the receipt says what a sender can use
    home = Home(home_root())
    try:
        assert_armed()
        with Reader() as reader:
            checked = check_file(
                arguments.file,
                reader,
                read_references(home.county).with_corrections(home.corrections),
                reporter=arguments.reporter,
                now=lambda: datetime.now(SHANGHAI),
                beside=home,
            )
    except (LookupError, OSError) as error:
        raise Refused(readable(str(error))) from error
    for delivery in checked:
        print(delivery.words)
        for line in delivery.reading:
            print(line)
    return 1 if any(delivery.receipt.outcome == "rejected" for delivery in checked) else 0
