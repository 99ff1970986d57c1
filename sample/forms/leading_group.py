"""Records of 领导小组机构名录, from the rural work office: as many groups as targeted; the first two share staff."""

from collections.abc import Iterator

from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_OFFICE = "区委农村工作领导小组办公室"
_SHARING_GROUPS = ("区委农村工作领导小组", "区乡村振兴工作领导小组")
_TASKS = ("农村人居环境整治", "防返贫监测帮扶", "高标准农田建设", "农村改厕", "乡村治理", "农业防灾减灾")


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list a year, the same groups in both."""
    records = [_make_record(people, number) for number in range(targets.leading_groups)]
    for year in ("2021", "2022") if records else ():
        yield Sending("leading_group.list", "rural_work_office", year, records)


def _make_record(people: People, number: int) -> Record:
    contact = people.person("leading group", number)
    shares_staff = number < len(_SHARING_GROUPS)
    return {
        "group_name": _SHARING_GROUPS[number] if shares_staff else _name_group(number - len(_SHARING_GROUPS)),
        "head_posts": "区委书记、区长" if shares_staff else "副区长",
        "office_name": _OFFICE if shares_staff else None,
        "is_staff_shared": shares_staff,
        "联络员": contact.name,
        "联系电话": contact.phone,
    }


def _name_group(number: int) -> str:
    """Name a group for the tasks in turn; after the last task, each once more in the next stage."""
    stage, task = divmod(number, len(_TASKS))
    return f"区{_TASKS[task]}{f'第{stage + 1}阶段' if stage else ''}工作领导小组"
