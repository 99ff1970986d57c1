"""Records of 银行授信申报表, from the bank that takes applications: as many kinds of projects as the target says."""

from collections.abc import Iterator
from decimal import Decimal

from sample.district.chance import stream
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.credit_application import PROJECT_CATEGORIES, STATUSES

_APPLICATIONS = {"2021": 9, "2022": 14}
_APPLICANTS = (
    "合成乳业有限公司",
    "合成杂粮专业合作社",
    "合成药茶有限公司",
    "合成村股份经济合作社",
    "合成农机专业合作社",
    "合成蔬菜家庭农场",
)


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list a year."""
    categories = PROJECT_CATEGORIES[: targets.credit_project_categories]
    for year, count in _APPLICATIONS.items() if categories else ():
        records = [_draw_application(seed, people, year, number, categories) for number in range(count)]
        yield Sending("credit_application.register", "citic_tongmei", year, records)


def _draw_application(seed: int, people: People, year: str, number: int, categories: list[str]) -> Record:
    rng = stream(seed, "credit application", year, number)
    applied = Decimal(rng.randint(20, 800) * 10_000)
    status = "已批复" if number % 3 else rng.choice(STATUSES)
    return {
        "application_number": f"SX{year}-{number + 1:03}",
        "applicant_name": _APPLICANTS[number % len(_APPLICANTS)],
        "project_category": categories[number % len(categories)],
        "客户经理": people.person("account manager", number % 3).name,
        "status": status,
        "applied_yuan": applied,
        "granted_yuan": applied * rng.randint(5, 10) / 10 if status == "已批复" else None,
    }
