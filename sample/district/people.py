"""Invented persons and numbers. None can be anyone's: regions, phone and account prefixes are unassigned."""

import random
from dataclasses import dataclass, field

from sample.district.chance import stream

UNASSIGNED_REGION = "999214"
_UNASSIGNED_PHONE = "129"
_UNASSIGNED_ACCOUNT = "0099"

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹窦章苏潘葛范彭郎鲁韦马苗"
_GIVEN = "瑾琨珏蓁蕙芃槿桢栩楷淳沅澄泓煜焱炜烨峻岚嵘钧铮锴翊翎骐骁昕昱晗晟恺恬怡忻彦彬敖斐旻曦杺榕"
_RARE_GIVEN = "㛃"  # four bytes in GB18030, absent from GBK
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class Person:
    """One invented person, with every number that a form may ask for."""

    name: str
    id_number: str
    phone: str
    account: str


@dataclass
class People:
    """The invented persons of one sample; each is made once and kept by its subject."""

    seed: int
    _by_subject: dict[tuple[object, ...], Person] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _id_numbers: set[str] = field(default_factory=set)
    household_numbers: set[str] = field(default_factory=set)

    def person(self, *subject: object, rare: bool = False) -> Person:
        """Return the person of a subject; rare: with a character that GBK cannot write."""
        if subject not in self._by_subject:
            rng = stream(self.seed, "person", *subject)
            name = _draw_name(rng, rare)
            while name in self._names:
                name = _draw_name(rng, rare)
            number = id_number(rng)
            while number in self._id_numbers:  # among twenty thousand, two draw the same number
                number = id_number(rng)
            self._names.add(name)
            self._id_numbers.add(number)
            self._by_subject[subject] = Person(name, number, phone(rng), account(rng))
        return self._by_subject[subject]

    def personal(self) -> dict[str, list[str]]:
        """List every invented personal string by kind: none of them may leave the archive."""
        everyone = self._by_subject.values()
        return {
            "names": sorted(person.name for person in everyone),
            "id_numbers": sorted(person.id_number for person in everyone),
            "phones": sorted(person.phone for person in everyone),
            "accounts": sorted(person.account for person in everyone),
            "household_numbers": sorted(self.household_numbers),
        }


def id_number(rng: random.Random) -> str:
    """Draw an 18-character citizen number of no region, with its check character (GB 11643)."""
    born = f"{rng.randint(1950, 2000)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{UNASSIGNED_REGION}{born}{rng.randint(1, 999):03}"
    return body + _ID_CHECK_DIGITS[sum(int(digit) * 2 ** (17 - i) for i, digit in enumerate(body)) % 11]


def credit_code(rng: random.Random) -> str:
    """Draw an 18-character credit code of no region, with its check character (GB 32100)."""
    body = f"91{UNASSIGNED_REGION}MA" + "".join(rng.choices(_CREDIT_ALPHABET, k=7))
    total = sum(_CREDIT_ALPHABET.index(character) * 3**i for i, character in enumerate(body))
    return body + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def phone(rng: random.Random) -> str:
    """Draw an 11-digit phone number under a prefix that no operator has."""
    return f"{_UNASSIGNED_PHONE}{rng.randint(0, 99_999_999):08}"


def account(rng: random.Random) -> str:
    """Draw a 19-digit account number under a prefix that no bank has."""
    return f"{_UNASSIGNED_ACCOUNT}{rng.randint(0, 10**15 - 1):015}"


def with_wrong_check(code: str) -> str:
    """Replace the last character of a number by one that does not check."""
    return code[:-1] + ("1" if code[-1] != "1" else "2")


def _draw_name(rng: random.Random, rare: bool) -> str:
    last = _RARE_GIVEN if rare else rng.choice(_GIVEN)
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN) + last
