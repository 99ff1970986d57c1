"""Records of 乡村振兴政策文件目录, from the rural work office: as many documents as targeted, most in a package."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_PACKAGE = "1+3+1"
_WITHOUT_PACKAGE_EVERY = 6
_SUBJECTS = ("全面推进乡村振兴", "领导包联乡村", "督查指导", "工作通报", "考核评价", "农村人居环境整治")
_KINDS = ("实施意见", "工作制度", "实施方案")


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list a year; a document issued in 2021 is in force in 2022 as well, and of no package."""
    older = targets.policy_documents // _WITHOUT_PACKAGE_EVERY
    records = [_draw_record(seed, people, number, older) for number in range(targets.policy_documents)]
    for year, listed in {"2021": records[:older], "2022": records}.items():
        if listed:
            yield Sending("policy_document.list", "rural_work_office", year, listed)


def _draw_record(seed: int, people: People, number: int, older: int) -> Record:
    rng = stream(seed, "policy document", number)
    is_older = number < older
    year = 2021 if is_older else 2022
    subject, kind = _SUBJECTS[number % len(_SUBJECTS)], _KINDS[number // len(_SUBJECTS) % len(_KINDS)]
    return {
        "document_number": f"云农组发〔{year}〕{number + 1}号",
        "document_title": f"关于{subject}的{kind}",
        "package_code": None if is_older else _PACKAGE,
        "issued_date": date(year, rng.randint(1, 6), rng.randint(1, 28)),
        "issuer_name": "区委农村工作领导小组",
        "经办人": people.person("policy clerk", number % 3).name,
    }
