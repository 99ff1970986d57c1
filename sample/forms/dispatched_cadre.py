"""Records of 整顿工作组选派名单, from the organisation department: a team per weak organisation, one cadre in two."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.organisations import Organisation, draw_weak_organisations
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list a year; cadres of the 2021 organisation that is not rectified that year are in both."""
    orgs = draw_weak_organisations(seed, targets)
    of_2021 = _make_lines(seed, people, orgs[2021], 2021, targets.dispatched_cadres * 2 // 3)
    of_2022 = _make_lines(seed, people, orgs[2022], 2022, targets.dispatched_cadres)
    staying = [record for record in of_2021 if record["org_code"] == orgs[2021][-1].code]
    for year, records in {"2021": of_2021, "2022": [*of_2022, *staying]}.items():
        if records:
            yield Sending("dispatched_cadre.list", "org_dept", year, records)


def _make_lines(seed: int, people: People, orgs: list[Organisation], year: int, cadres: int) -> list[Record]:
    """Make a line for each post; the first cadre has one in the second organisation as well."""
    if not orgs:
        return []
    posts = [(cadre, orgs[cadre % len(orgs)]) for cadre in range(cadres)]
    if len(orgs) > 1 and cadres:
        posts.insert(1, (0, orgs[1]))
    led: set[str] = set()
    records: list[Record] = []
    for cadre, org in posts:
        person, rng = people.person("cadre", year, cadre), stream(seed, "cadre", year, cadre, org.code)
        records.append(
            {
                "姓名": person.name,
                "cadre_key": person.id_number,
                "org_code": org.code,
                "role": "成员" if org.code in led else "组长",
                "dispatched_date": date(year, rng.randint(4, 5), rng.randint(1, 28)),
                "联系电话": person.phone,
            }
        )
        led.add(org.code)
    return records
