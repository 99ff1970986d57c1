"""The banks' true books: notes, borrowers, repayments. No person in them exists."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sample.chance import divide, stream
from sample.district import Village, all_villages
from sample.people import People, Person
from sample.targets import Targets

FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2022, 12, 31)
RENEWALS = ("借新还旧", "无还本续贷", "展期")
_PURPOSES = ("种植业", "养牛", "养羊", "养殖", "农机购置", "购买饲料", "经营周转", "种植")
_MONTHS = 34  # from March 2020 to December 2022
_TERMS = (12, 12, 24, 36)


@dataclass(frozen=True)
class Note:
    """A loan note. repayments: date and amount; household: 户号, empty where the bank has none."""

    number: str
    borrower: Person
    household: str
    borrower_type: str | None
    village: Village | None
    amount: Decimal
    rate_pct: Decimal
    grant_date: date
    due_date: date
    extension_count: int
    five_class: str
    purpose: str
    grant_type: str
    prior_number: str | None
    repayments: tuple[tuple[date, Decimal], ...]

    def balance(self, on: date) -> Decimal:
        """What is still owed at the end of a day."""
        return self.amount - sum((amount for day, amount in self.repayments if day <= on), Decimal(0))

    @property
    def settled_on(self) -> date | None:
        """The day on which the last of it was repaid, if it was."""
        days = [day for day, _ in self.repayments]
        return days[-1] if days and self.balance(days[-1]) == 0 else None


def rural_bank_notes(seed: int, targets: Targets, scale: float, people: People) -> list[Note]:
    """The book of 大同农商行云冈支行: new notes to 农户 in the two years add up to the targets exactly."""
    return sorted(
        [
            *_farmers(seed, targets, scale, people),
            *_renewed(seed, round(18 * scale), people),
            *_others(seed, round(30 * scale), people),
        ],
        key=lambda note: (note.grant_date, note.number),
    )


def plain_notes(seed: int, bank: str, count: int, people: People, types: Sequence[str | None]) -> list[Note]:
    """Notes of a bank that has no target, spread over 34 months; a few renew an earlier one."""
    notes: list[Note] = []
    for number in range(count):
        rng = stream(seed, bank, "note", number)
        note = _note(rng, bank, number, people.person(bank, number), _day_of_month(rng, number * 5 % _MONTHS))
        note = replace(
            note,
            borrower_type=types[number % len(types)],
            amount=Decimal(rng.randint(20, 300)) * 1000,
        )
        if number % 9 == 8 and notes:
            note = replace(note, grant_type="借新还旧", prior_number=notes[-1].number)
        notes.append(_with_repayments(rng, note))
    return sorted(notes, key=lambda note: (note.grant_date, note.number))


def _farmers(seed: int, targets: Targets, scale: float, people: People) -> list[Note]:
    """New notes: one per household and a second one for every fifth."""
    households = targets.farmer_loan_households
    if not households:
        return []
    owners = [*range(households), *(i * 5 % households for i in range(round(households / 5 * scale)))]
    weights = [stream(seed, "farmer amount", i).uniform(0.5, 2.0) for i in range(len(owners))]
    largest = targets.farmer_loan_amount_yuan / len(owners) / 5
    grain = next(g for g in map(Decimal, ("1000", "100", "10", "1", "0.1", "0.01")) if g <= largest)
    amounts = divide(targets.farmer_loan_amount_yuan, weights, [grain] * len(owners))
    notes = []
    for number, (owner, amount) in enumerate(zip(owners, amounts, strict=True)):
        rng = stream(seed, "farmer note", number)
        is_second = number >= households
        member = "spouse" if is_second and owner % 2 and _household(people, "farmer", owner) else "head"
        borrower = people.person("farmer", owner, member, rare=owner == households // 2)
        note = _note(rng, "rcb", number, borrower, _some_day(rng, FIRST_DAY))
        home = stream(seed, "farmer home", owner).choice(_homes())
        note = replace(note, household=_household(people, "farmer", owner), village=home, amount=amount)
        notes.append(_with_repayments(rng, note))
    return notes


def _renewed(seed: int, count: int, people: People) -> list[Note]:
    """Old notes to 农户 and the notes that renewed them: not new disbursement."""
    notes = []
    for number in range(count):
        rng = stream(seed, "renewed", number)
        borrower = people.person("renewing farmer", number, "head")
        old = _note(rng, "rcb", 10_000 + number, borrower, date(2020, rng.randint(1, 12), rng.randint(1, 28)))
        old = replace(
            old,
            household=_household(people, "renewing farmer", number),
            village=rng.choice(_homes()),
            amount=Decimal(rng.randint(30, 100)) * 1000,
            due_date=_months_later(old.grant_date, 12),
            grant_type="新增",
        )
        new = replace(
            old,
            number=_number("rcb", old.due_date, 20_000 + number),
            grant_date=old.due_date,
            due_date=_months_later(old.due_date, 24),
            grant_type=RENEWALS[number % len(RENEWALS)],
            extension_count=int(RENEWALS[number % len(RENEWALS)] == "展期"),
            prior_number=old.number,
        )
        notes += [replace(old, repayments=((old.due_date, old.amount),)), new]
    return notes


def _others(seed: int, count: int, people: People) -> list[Note]:
    """Notes to those who are not 农户, or of whom the bank does not say."""
    types = ("非农户个人", "个体工商户", None, "非农户个人", "个体工商户")
    notes = []
    for number in range(count):
        rng = stream(seed, "other", number)
        borrower = people.person("other borrower", number)
        note = _note(rng, "rcb", 30_000 + number, borrower, _some_day(rng, date(2020, 6, 1)))
        note = replace(
            note,
            borrower_type=types[number % len(types)],
            village=rng.choice(_homes()) if number % 3 == 0 else None,
            amount=Decimal(rng.randint(50, 500)) * 1000,
        )
        notes.append(_with_repayments(rng, note))
    return notes


def _note(rng: random.Random, bank: str, number: int, borrower: Person, granted: date) -> Note:
    return Note(
        number=_number(bank, granted, number),
        borrower=borrower,
        household="",
        borrower_type="农户",
        village=None,
        amount=Decimal(0),
        rate_pct=Decimal(rng.choice(("3.85", "4.35", "4.75", "5.6", "6.525", "7.2"))),
        grant_date=granted,
        due_date=_months_later(granted, rng.choice(_TERMS)),
        extension_count=0,
        five_class=rng.choices(("正常", "关注", "次级"), (94, 5, 1))[0],
        purpose=rng.choice(_PURPOSES),
        grant_type="新增",
        prior_number=None,
        repayments=(),
    )


def _with_repayments(rng: random.Random, note: Note) -> Note:
    """Some repay half on the way; most settle when due, a few not yet."""
    half = (note.amount / 2).quantize(Decimal("0.01"))
    on_the_way = (
        [(note.grant_date + (note.due_date - note.grant_date) / 2, half)] if rng.random() < 0.3 else []
    )
    rest = note.amount - sum((amount for _, amount in on_the_way), Decimal(0))
    return replace(note, repayments=(*on_the_way, *([(note.due_date, rest)] if rng.random() < 0.9 else [])))


def _homes() -> list[Village]:
    """Villages where a borrower can have lived all along: a ledger's place must exist on its day."""
    return [village for village in all_villages() if village.valid_from < FIRST_DAY.isoformat()]


def _household(people: People, kind: str, number: int) -> str:
    """户号: six in seven households have one."""
    if number % 7 == 6:
        return ""
    household = f"{'H' if kind == 'farmer' else 'R'}00{number:05}"
    people.household_numbers.add(household)
    return household


def _number(bank: str, granted: date, number: int) -> str:
    return f"{bank.split('_')[0].upper()}{granted:%Y%m}{number:06}"


def _some_day(rng: random.Random, first: date) -> date:
    """A day of the two years, or of the time before them, that the books reach back to."""
    return first + timedelta(days=rng.randrange((LAST_DAY - first).days + 1))


def _day_of_month(rng: random.Random, month: int) -> date:
    """A day of a month counted from March 2020."""
    return _months_later(date(2020, 3, rng.randint(1, 28)), month)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
