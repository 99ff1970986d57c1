"""Records of 党员积分管理台账, from the townships: a few members of each, with 0 points at the start of 2022."""

from collections.abc import Iterator

from sample.district.chance import stream
from sample.district.organisations import Organisation, organisations
from sample.district.people import People
from sample.district.registers import townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.member_points import MOST_MEMBER_STARS

_MEMBERS_PER_TOWNSHIP = 12
_POINTS_PER_STAR = 5


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield a ledger of each township and quarter."""
    known = organisations(targets)
    for township in townships():
        orgs = [org for org in known if org.township == township.name]
        if not orgs:
            continue
        members = range(_MEMBERS_PER_TOWNSHIP)
        years = [
            _draw_quarters(seed, targets, people, orgs[number % len(orgs)], number) for number in members
        ]
        for quarter, records in enumerate(zip(*years, strict=True), 1):
            yield Sending("member_points.quarter", township.code, f"2022-Q{quarter}", list(records))


def _draw_quarters(
    seed: int, targets: Targets, people: People, org: Organisation, number: int
) -> list[Record]:
    """Draw a member's four quarters; each opens with the closing points of the quarter before."""
    person, rng = people.person("party member", org.code, number), stream(seed, "points", org.code, number)
    zeal, points, records = rng.uniform(0.2, 1.0), 0, []
    for quarter in range(1, 5):
        base, award, deducted = rng.randint(8, 15), round(rng.uniform(8, 22) * zeal), rng.randint(0, 3)
        closing = points + base + award - deducted
        record: Record = {
            "姓名": person.name,
            "member_key": person.id_number,
            "org_code": org.code,
            "opening_points": points,
            "base_points": base,
            "award_points": award,
            "deducted_points": deducted,
            "closing_points": closing,
            "star": _rate(targets, closing // quarter),
        }
        records.append(record)
        points = closing
    return records


def _rate(targets: Targets, points: int) -> int:
    """Rate a member by the points of an average quarter."""
    most = min(targets.member_points_stars, MOST_MEMBER_STARS)
    return max(1, min(most, points // _POINTS_PER_STAR))
