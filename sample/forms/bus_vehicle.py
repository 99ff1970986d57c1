"""Records of 公交车辆台账, from the transport bureau: as many buses in operation as targeted, and some laid up."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_COMPANIES = ("公交二公司", "公交五公司", "公交六公司", "公交一公司", "公交三公司", "公交四公司")
_LAID_UP = 9


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year."""
    running = {"2021": targets.buses_in_operation * 9 // 10, "2022": targets.buses_in_operation}
    for year, count in running.items():
        yield Sending("bus_vehicle.register", "transport", year, _make_vehicles(seed, targets, people, count))


def _make_vehicles(seed: int, targets: Targets, people: People, running: int) -> list[Record]:
    return [
        {
            "vehicle_number": f"{number + 1:04}",
            "company_name": _COMPANIES[number % targets.bus_companies % len(_COMPANIES)],
            "is_in_operation": number < running,
            "in_service_date": _draw_service_start(seed, number) if number < running else None,
            "驾驶员": people.person("bus driver", number).name,
        }
        for number in range(running + _LAID_UP)
    ]


def _draw_service_start(seed: int, number: int) -> date:
    rng = stream(seed, "bus", number)
    return date(rng.randint(2012, 2020), rng.randint(1, 12), rng.randint(1, 28))
