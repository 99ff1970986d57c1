"""Records of 软弱涣散党组织整顿台账, from the organisation department: every measure of each organisation listed."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.numerals import han
from sample.district.organisations import draw_weak_organisations
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one ledger a year; the last organisation of 2021 is not rectified by then, and is in 2022's too."""
    orgs = draw_weak_organisations(seed, targets)
    listed = {
        year: [(org.code, year, number) for number, org in enumerate(weak_orgs, 1)]
        for year, weak_orgs in orgs.items()
    }
    carried = listed[2021][-1:]
    done = {2021: listed[2021][:-1], 2022: [*listed[2022][: targets.rectified_party_orgs], *carried]}
    for year, entries in {2021: listed[2021], 2022: [*listed[2022], *carried]}.items():
        records = [
            line
            for entry in entries
            for line in _make_lines(
                seed, targets, people, *entry, done_in=year if entry in done[year] else None
            )
        ]
        if records:
            yield Sending("weak_party_org.ledger", "org_dept", str(year), records)


def _make_lines(
    seed: int,
    targets: Targets,
    people: People,
    org_code: str,
    listed: int,
    number: int,
    done_in: int | None,
) -> Iterator[Record]:
    """Yield an organisation's measures, numbered as their types are not known; the last may be still open."""
    rng = stream(seed, "weak organisation", org_code)
    leader, last = people.person("leader of weak organisation", org_code), targets.rectification_measures
    listed_date = date(listed, rng.randint(3, 4), rng.randint(1, 28))
    for measure in range(1, last + 1):
        year = done_in if measure == last else listed
        yield {
            "org_code": org_code,
            "包联领导": leader.name,
            "listed_date": listed_date,
            "measure_type": f"措施{han(measure)}",
            "plan_number": f"云组整〔{listed}〕{number}号",
            "is_completed": year is not None,
            "completed_date": year and date(year, rng.randint(5, 12), rng.randint(1, 28)),
            "is_cleared": done_in is not None,
        }
