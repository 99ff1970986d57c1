"""Files that end too early, in each format that is read."""

import random
from functools import partial
from pathlib import PurePosixPath

from tests.trust.deliveries.receiving import Desk, Work, at_a_desk, is_accepted, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

OFFSETS = 100
FORMATS = ("xlsx", "xls", "ods", "xml2003", "html", "csv", "dat")
"""No library writes .xlsb. csv ends in a trailer; dat in its last line, so that nothing shows a cut between two lines:
such a file is held when a fifth of the rows of the month before are missing, and else counts.
"""


def _truncated(format: str, seed: str, count: int) -> Work:
    return partial(_try, format, seed, count)


def _try(format: str, seed: str, count: int, desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import sound_file

    place, whole = sound_file(format)
    shown = [at for at in range(len(whole)) if format != "dat" or not whole[:at].endswith(b"\n")]
    offsets = sorted(random.Random(f"{seed} {format}").sample(shown, count))
    folder, name = PurePosixPath(place).parent, PurePosixPath(place).name
    files = {str(folder / str(offset) / name): whole[:offset] for offset in offsets}
    receipts = desk.send(files)
    last = desk.send({place: whole})[place]
    sound = desk.rows(last)
    failures = [f"{place} cannot be tried: {last}"] * (not is_accepted(last))
    for at, offset in zip(files, offsets, strict=True):
        wrong = unanswered(receipts[at])
        if not wrong and is_accepted(receipts[at]):
            rows = desk.rows(receipts[at])
            wrong = "" if rows == sound else f"accepted with {len(rows)} rows of {len(sound)}"
        if wrong:
            failures.append(f"{place}[:{offset}] of {len(whole)}: {wrong}")
    return failures + [f"lost: {at}" for at in desk.unkept(files | {place: whole})]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    count = 3 if short else OFFSETS
    from tests.trust.deliveries.formats import sound_file

    return [
        at_a_desk(
            _truncated(format, str(seed), count),
            format,
            count,
            load=not short,
            sound=dict([sound_file(format, 9)]) if format == "dat" else None,
        )
        for format in FORMATS
    ]


TRUNCATED = Line("truncation", "cut at offsets of each format that is read", _plan)
