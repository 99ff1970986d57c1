"""Records of 农村住户收入调查表, from the statistics bureau: the same sixty invented households in both years."""

from collections.abc import Iterator
from decimal import Decimal

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.income_survey import COMPONENTS

_HOUSEHOLDS = 60
_YUAN_PER_PERSON = dict(
    zip(COMPONENTS, ((4_000, 16_000), (-500, 9_000), (0, 700), (1_500, 5_000)), strict=True)
)
_LEVEL = {"2021": Decimal("0.93"), "2022": Decimal(1)}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one table a year."""
    for year in _LEVEL:
        records = [_draw_household(seed, people, year, number) for number in range(_HOUSEHOLDS)]
        yield Sending("income_survey.year", "statistics", year, records)


def _draw_household(seed: int, people: People, year: str, number: int) -> Record:
    rng = stream(seed, "income survey", number)
    code = f"S00{number:05}"
    people.household_numbers.add(code)
    persons, weight = rng.randint(1, 6), Decimal(rng.randint(20_000, 60_000)) / 100
    year_rng = stream(seed, "income survey", number, year)
    incomes = {
        name: round(persons * year_rng.randint(100 * low, 100 * high) * _LEVEL[year] / 100, 2)
        for name, (low, high) in _YUAN_PER_PERSON.items()
    }
    return {
        "household_key": code,
        "户主": people.person("surveyed", number).name,
        "township_code": townships()[number % len(townships())].name,
        "resident_persons": persons,
        "weight": weight,
        **incomes,
        "disposable_income_yuan": sum(incomes.values(), Decimal(0)),
    }
