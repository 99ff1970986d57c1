"""Files of one delivery: its signers, and an arrival in time."""

from sample.district.people import People
from sample.district.registers import DistrictReporter
from sample.district.sent import FileKind, Layout, Record, SentDelivery, SentFile, Signers
from sample.district.times import draw_arrival
from sample.files.layouts import contract

_STATED_REPORTER = {
    "gaoshan": "高山镇人民政府",
    "yungang": "云岗镇",
    "xihanling": "西韩岭",
    "yaeryai": "鸭儿崖乡",
}
_KINDS: dict[str, FileKind] = {".xlsx": "xlsx", ".xls": "xls", ".et": "xls"}


def make_file(
    seed: int,
    people: People,
    reporter: DistrictReporter,
    contract_name: str,
    period: str,
    records: list[Record],
    layout: Layout,
    *,
    stem: str,
    suffix: str,
    stated_period: str = "",
) -> SentFile:
    """Make a file of one delivery, which is signed on the day on which it would arrive in time."""
    arrival = draw_arrival(seed, f"{reporter.code}/{contract_name}", period, contract(contract_name).due_days)
    delivery = SentDelivery(
        reporter=reporter,
        contract=contract_name,
        period=period,
        records=records,
        layout=layout,
        stated_reporter=_STATED_REPORTER.get(reporter.code, reporter.name),
        stated_period=stated_period,
        signers=_list_signers(people, reporter, period[:4]),
        signed_on=arrival.date(),
    )
    return SentFile(reporter.folder, stem, suffix, _KINDS.get(suffix, "text"), arrival, [delivery])


def _list_signers(people: People, reporter: DistrictReporter, year: str) -> Signers:
    head, statistician, filler = (people.person("signer", reporter.code, role, year) for role in range(3))
    return Signers(head.name, statistician.name, filler.name, filler.phone)
