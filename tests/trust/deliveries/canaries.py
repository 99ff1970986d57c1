"""Names and numbers of persons in every place of deliveries: none is kept anywhere in the home but in the archive."""

import os
import shutil
from functools import partial
from pathlib import Path

from tests.trust.deliveries.receiving import TOWNSHIP, Desk
from tests.trust.forked import apart
from tests.trust.homes import Homes, load
from tests.trust.lines import Line, Trial

SECRETS = 9
"""Each is a trial: it is looked for in everything that is kept after a load."""


def _plant(home: Path) -> list[str]:
    """Send sound files, and then copies of them with a canary in every place."""
    from sources.reading.worker import Reader
    from tests.canaries import planted_text, planted_workbook
    from tests.sources.ledger import BANK
    from tests.trust.deliveries.formats import enterprise_grid, sound_file, to_xlsx, village_grid

    os.environ["XIANGCANG_HOME"] = str(home)
    sound = {
        f"{TOWNSHIP}/村表.xlsx": to_xlsx([village_grid(259)]),
        f"{TOWNSHIP}/企业.xlsx": to_xlsx([enterprise_grid("某某奶业有限公司")]),
        f"{BANK}/台账.csv": sound_file("csv")[1],
    }
    with Reader() as reader:
        desk = Desk(home, reader)
        receipts = desk.send(sound)
        for place, data in sound.items():
            plant = planted_text if place.endswith("csv") else planted_workbook
            stem, suffix = place.rsplit(".", 1)
            for number, planted in enumerate(plant(data, receipts[place][0])):
                desk.drop(f"{stem}联系人甄隐士（{number}）.{suffix}", planted)
    return [place for place, of_file in receipts.items() if not of_file]


def _search(home: Path) -> list[str]:
    from tests.canaries import CANARIES, WRITTEN_APART
    from tests.kept_texts import places_of

    kept = [
        (where, secret)
        for where, secret in places_of(home, [*CANARIES, *WRITTEN_APART])
        if not where.endswith(
            "退回标注.xlsx"
        )  # what its sender is to put right goes back to that sender alone
    ]
    return [
        f"{secret} stands in {', '.join(sorted({where for where, other in kept if other == secret}))}"
        for secret in sorted({secret for _, secret in kept})
    ]


def _try(folder: Path, homes: Homes) -> list[str]:
    home, log = homes.copy(folder / "home", waiting=False), folder / "log"
    failures: list[str] = apart(partial(_plant, home), log)
    shutil.copytree(homes.folder / "batch", home / "inbox", dirs_exist_ok=True)
    loaded = load(home, log)
    failures += [f"the load ended with {loaded.code}"] * bool(loaded.code)
    found: list[str] = apart(partial(_search, home), log)
    return failures + found


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    return [Trial("secrets", _try, SECRETS)]


PERSONS = Line("persons", "names and numbers of persons planted in every place of forms", _plan)
