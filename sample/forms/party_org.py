"""Records of 党组织名录与档案台账, from the organisation department: with ledgers and files as the targets say."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.organisations import Organisation, organisations
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_NOT_YET_IN_2021 = 2
_TERM_MISSING_EVERY = 40


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year; in 2021 the last organisations and a tenth of ledgers and files are missing."""
    known = organisations(targets)
    ledgers, files = targets.party_orgs_with_points_ledger, targets.secretary_files
    of_year = {
        "2021": (known[: len(known) - _NOT_YET_IN_2021], ledgers * 9 // 10, files * 9 // 10),
        "2022": (known, ledgers, files),
    }
    for year, (listed, with_ledger, with_file) in of_year.items():
        if listed:
            records = _make_lines(seed, people, listed, with_ledger, with_file)
            yield Sending("party_org.register", "org_dept", year, records)


def _make_lines(
    seed: int, people: People, listed: list[Organisation], with_ledger: int, with_file: int
) -> list[Record]:
    ledgers, files = (
        set(stream(seed, "party org", kind).sample(range(len(listed)), min(count, len(listed))))
        for kind, count in (("ledger", with_ledger), ("file", with_file))
    )
    return [
        {
            "org_code": org.code,
            "org_name": org.name,
            "所属乡镇街道": org.township,
            "place_code": org.place,
            "org_type": org.kind,
            "书记姓名": people.person("secretary", org.code).name,
            "has_points_ledger": number in ledgers,
            "has_secretary_file": number in files,
            "term_start_date": _draw_term_start(seed, org) if (number + 1) % _TERM_MISSING_EVERY else None,
        }
        for number, org in enumerate(listed)
    ]


def _draw_term_start(seed: int, org: Organisation) -> date:
    """Draw the first day of a term, in the election of 2021."""
    rng = stream(seed, "term", org.code)
    return date(2021, rng.randint(9, 11), rng.randint(1, 28))
