"""True loan notes of the three banks, with borrowers and repayments. No person in them exists."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sample.district.chance import divide, stream
from sample.district.people import People, Person
from sample.district.registers import Village, all_villages
from sample.district.targets import Targets

FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2022, 12, 31)
RENEWALS = ("借新还旧", "无还本续贷", "展期")
_PURPOSES = ("种植业", "养牛", "养羊", "养殖", "农机购置", "购买饲料", "经营周转", "种植")
_MONTHS = 34  # from March 2020 to December 2022
_TERMS = (12, 12, 24, 36)


@dataclass(frozen=True)
class Note:
    """A loan note. repayments: date and amount in yuan; household: 户号, empty where the bank has none."""

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
        """Return the balance in yuan at the end of a day."""
        return self.amount - sum((amount for day, amount in self.repayments if day <= on), Decimal(0))

    @property
    def settled_on(self) -> date | None:
        """The day of the last repayment, None unless the note is repaid in full."""
        days = [day for day, _ in self.repayments]
        return days[-1] if days and self.balance(days[-1]) == 0 else None


def draw_rural_bank_notes(seed: int, targets: Targets, scale: float, people: People) -> list[Note]:
    """Draw the notes of 大同农商行云冈支行; new notes to 农户 in the two years add up to the targets exactly."""
    return sorted(
        [
            *_draw_farmer_notes(seed, targets, scale, people),
            *_draw_renewed_notes(seed, round(18 * scale), people),
            *_draw_other_notes(seed, round(30 * scale), people),
        ],
        key=lambda note: (note.grant_date, note.number),
    )


def draw_plain_notes(
    seed: int, bank: str, count: int, people: People, types: Sequence[str | None]
) -> list[Note]:
    """Draw notes of a bank without target, spread over 34 months; every ninth renews the note before it."""
    notes: list[Note] = []
    for number in range(count):
        rng = stream(seed, bank, "note", number)
        note = _draw_note(
            rng, bank, number, people.person(bank, number), _draw_day_of_month(rng, number * 5 % _MONTHS)
        )
        note = replace(
            note,
            borrower_type=types[number % len(types)],
            amount=Decimal(rng.randint(20, 300)) * 1000,
        )
        if number % 9 == 8 and notes:
            note = replace(note, grant_type="借新还旧", prior_number=notes[-1].number)
        notes.append(_draw_repayments(rng, note))
    return sorted(notes, key=lambda note: (note.grant_date, note.number))


def _draw_farmer_notes(seed: int, targets: Targets, scale: float, people: People) -> list[Note]:
    """Draw new notes to 农户: one per household and a second one for every fifth."""
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
        member = (
            "spouse" if is_second and owner % 2 and _household_number(people, "farmer", owner) else "head"
        )
        borrower = people.person("farmer", owner, member, rare=owner == households // 2)
        note = _draw_note(rng, "rcb", number, borrower, _draw_day(rng, FIRST_DAY))
        home = stream(seed, "farmer home", owner).choice(_list_homes())
        note = replace(
            note, household=_household_number(people, "farmer", owner), village=home, amount=amount
        )
        notes.append(_draw_repayments(rng, note))
    return notes


def _draw_renewed_notes(seed: int, count: int, people: People) -> list[Note]:
    """Draw old notes to 农户 and the notes that renewed them, which are not new disbursement."""
    notes = []
    for number in range(count):
        rng = stream(seed, "renewed", number)
        borrower = people.person("renewing farmer", number, "head")
        old = _draw_note(
            rng, "rcb", 10_000 + number, borrower, date(2020, rng.randint(1, 12), rng.randint(1, 28))
        )
        old = replace(
            old,
            household=_household_number(people, "renewing farmer", number),
            village=rng.choice(_list_homes()),
            amount=Decimal(rng.randint(30, 100)) * 1000,
            due_date=_add_months(old.grant_date, 12),
            grant_type="新增",
        )
        new = replace(
            old,
            number=_note_number("rcb", old.due_date, 20_000 + number),
            grant_date=old.due_date,
            due_date=_add_months(old.due_date, 24),
            grant_type=RENEWALS[number % len(RENEWALS)],
            extension_count=int(RENEWALS[number % len(RENEWALS)] == "展期"),
            prior_number=old.number,
        )
        notes += [replace(old, repayments=((old.due_date, old.amount),)), new]
    return notes


def _draw_other_notes(seed: int, count: int, people: People) -> list[Note]:
    """Draw notes to borrowers who are not 农户, or whose type the bank leaves empty."""
    types = ("非农户个人", "个体工商户", None, "非农户个人", "个体工商户")
    notes = []
    for number in range(count):
        rng = stream(seed, "other", number)
        borrower = people.person("other borrower", number)
        note = _draw_note(rng, "rcb", 30_000 + number, borrower, _draw_day(rng, date(2020, 6, 1)))
        note = replace(
            note,
            borrower_type=types[number % len(types)],
            village=rng.choice(_list_homes()) if number % 3 == 0 else None,
            amount=Decimal(rng.randint(50, 500)) * 1000,
        )
        notes.append(_draw_repayments(rng, note))
    return notes


def _draw_note(rng: random.Random, bank: str, number: int, borrower: Person, granted: date) -> Note:
    return Note(
        number=_note_number(bank, granted, number),
        borrower=borrower,
        household="",
        borrower_type="农户",
        village=None,
        amount=Decimal(0),
        rate_pct=Decimal(rng.choice(("3.85", "4.35", "4.75", "5.6", "6.525", "7.2"))),
        grant_date=granted,
        due_date=_add_months(granted, rng.choice(_TERMS)),
        extension_count=0,
        five_class=rng.choices(("正常", "关注", "次级"), (94, 5, 1))[0],
        purpose=rng.choice(_PURPOSES),
        grant_type="新增",
        prior_number=None,
        repayments=(),
    )


def _draw_repayments(rng: random.Random, note: Note) -> Note:
    """Draw the repayments of a note: some pay half midway; most settle when due, a few not yet."""
    half = (note.amount / 2).quantize(Decimal("0.01"))
    midway = [(note.grant_date + (note.due_date - note.grant_date) / 2, half)] if rng.random() < 0.3 else []
    rest = note.amount - sum((amount for _, amount in midway), Decimal(0))
    return replace(note, repayments=(*midway, *([(note.due_date, rest)] if rng.random() < 0.9 else [])))


def _list_homes() -> list[Village]:
    """List villages that exist since the first day: a ledger's place must exist on the ledger's day."""
    return [village for village in all_villages() if village.valid_from < FIRST_DAY.isoformat()]


def _household_number(people: People, kind: str, number: int) -> str:
    """Return a household's 户号, which is kept as personal; empty for one household in seven."""
    if number % 7 == 6:
        return ""
    household = f"{'H' if kind == 'farmer' else 'R'}00{number:05}"
    people.household_numbers.add(household)
    return household


def _note_number(bank: str, granted: date, number: int) -> str:
    return f"{bank.split('_')[0].upper()}{granted:%Y%m}{number:06}"


def _draw_day(rng: random.Random, first: date) -> date:
    """Draw a day from a first one to the end of 2022."""
    return first + timedelta(days=rng.randrange((LAST_DAY - first).days + 1))


def _draw_day_of_month(rng: random.Random, month: int) -> date:
    """Draw a day of a month, counted from March 2020."""
    return _add_months(date(2020, 3, rng.randint(1, 28)), month)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
