"""Numbers of citizens and enterprises in every way in which they are typed or spoilt."""

from functools import partial
from pathlib import Path

from tests.trust.deliveries.receiving import TOWNSHIP, Desk, at_a_desk, sound_enterprises, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

CITIZEN, DIGITS, BORN_LONG_AGO = "11010519491231002X", "110105194912310038", "110105491231002"
CITIZENS: dict[str, tuple[str, bool]] = {
    "as it is": (CITIZEN, True),
    "of digits": (DIGITS, True),
    "15 digits": (BORN_LONG_AGO, True),
    "lower case": (CITIZEN.lower(), True),
    "spaces around": (f" {CITIZEN}　", True),
    "spaces within": ("110105 19491231 002X", False),
    "hyphens": ("110105-19491231-002X", False),
    "full width": ("１１０１０５１９４９１２３１００２Ｘ", False),
    "full-width x": ("11010519491231002Ｘ", False),
    "quote before it": (f"'{CITIZEN}", False),
    "formula of a text": (f'="{CITIZEN}"', False),
    "zero width": ("1101051949\u200b1231002X", False),
    "wrong check": ("110105194912310021", False),
    "a digit short": (DIGITS[:-1], False),
    "a digit long": (f"{DIGITS}0", False),
    "leading zero": (f"0{DIGITS}", False),
    "scientific": ("1.10105194912310E+17", False),
    "rounded": ("110105194912310000", False),
    "a decimal point": (f"{DIGITS}.0", False),
    "letter O": (DIGITS.replace("0", "O"), False),
    "multiplication sign": ("11010519491231002×", False),
    "two numbers": (f"{CITIZEN}/{DIGITS}", False),
}
"""As it stands in a ledger, and whether it must be kept as the number that it is."""

CODE = "91110000600037341L"
CODES: dict[str, tuple[str | float, bool]] = {
    "as it is": (CODE, True),
    "lower case": (CODE.lower(), False),
    "spaces around": (f" {CODE} ", True),
    "spaces within": ("9111 0000 6000 3734 1L", False),
    "full width": ("９１１１００００６０００３７３４１Ｌ", False),
    "hyphen": ("91110000-60003734-1L", False),
    "wrong check": ("91110000600037341M", False),
    "letter O": (CODE.replace("0", "O"), False),
    "a number": (9.1110000600037e17, False),
    "short": (CODE[1:], False),
    "leading zero": (f"0{CODE}", False),
    "15 digits": ("110000600037341", False),
}


def _citizens(names: list[str], desk: Desk) -> list[str]:
    from tests.sources.ledger import BANK, ledger, line

    def place(name: str) -> str:
        return f"{BANK}/{name}/台账.csv"

    def of(number: str) -> bytes:
        quoted = f'"{number.replace(chr(34), chr(34) * 2)}"' if '"' in number else number
        return ledger(line(1, day="2023-01-31", id=quoted))

    exact = {number: of(number) for number in (CITIZEN, DIGITS, BORN_LONG_AGO)}
    sound = desk.send({place(number): data for number, data in exact.items()})
    keys = {number: [row["borrower_key"] for row in desk.values(sound[place(number)])] for number in exact}
    files = {place(name): _apart(of(CITIZENS[name][0]), at) for at, name in enumerate(names)}
    failures = []
    for name, of_file in zip(names, desk.send(files).values(), strict=True):
        number, must = CITIZENS[name]
        rows = desk.values(of_file)
        meant = next((n for n in keys if n.lower() == number.strip().lower()), _meant(name))
        wrong = unanswered(of_file)
        if (
            not wrong
            and rows
            and [row["borrower_key"] for row in rows] not in (keys.get(meant, [None]), [None])
        ):
            broken_rules = sum(sum(receipt.rule_counts.values()) for receipt in of_file)
            wrong = "" if broken_rules else f"kept as another number, without a word: {rows}"
        if not wrong and must and [row["borrower_key"] for row in rows] != keys[meant]:
            wrong = f"not kept: {rows} {[receipt.rule_counts for receipt in of_file]}"
        failures += [f"citizen {name}: {wrong}"] * bool(wrong)
    clear = _in_clear(
        desk.home.root,
        [CITIZEN, DIGITS, BORN_LONG_AGO, CITIZEN.lower(), "１１０１０５１９４９１２３１００２Ｘ"],
    )
    return failures + clear + [f"lost: {at}" for at in desk.unkept(files)]


def _apart(data: bytes, number: int) -> bytes:
    """Make files of the same contents differ, by the number of a note."""
    return data.replace(b"JJ0001", b"JJ%04d" % (number + 100))


def _meant(name: str) -> str:
    return DIGITS if name in ("a decimal point", "letter O") else CITIZEN


def _in_clear(home: Path, numbers: list[str]) -> list[str]:
    from tests.kept_texts import places_of

    return [f"in clear: {number} in {where}" for where, number in places_of(home, numbers)]


def _codes(names: list[str], desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import enterprise_grid, to_xlsx

    files = {
        f"{TOWNSHIP}/{name}/企业.xlsx": to_xlsx([enterprise_grid(f"某某第{at}厂", CODES[name][0])])
        for at, name in enumerate(names)
    }
    failures = []
    for name, of_file in zip(names, desk.send(files).values(), strict=True):
        kept = [row["credit_code"] for row in desk.values(of_file)]
        broken_rules = sum(sum(receipt.rule_counts.values()) for receipt in of_file)
        wrong = unanswered(of_file)
        if not wrong and kept not in ([], [CODE]) and not broken_rules:
            wrong = f"kept as {kept}, without a word"
        if not wrong and CODES[name][1] and kept != [CODE]:
            wrong = f"not kept: {kept}"
        failures += [f"code {name}: {wrong}"] * bool(wrong)
    return failures + [f"lost: {at}" for at in desk.unkept(files)]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    citizens, codes = (list(cases)[:: 5 if short else 1] for cases in (CITIZENS, CODES))
    return [
        at_a_desk(partial(_citizens, citizens), "citizens", len(citizens), load=False),
        at_a_desk(partial(_codes, codes), "codes", len(codes), load=not short, sound=sound_enterprises()),
    ]


IDENTIFIERS = Line("identifiers", "numbers of citizens and enterprises, spaced, widened, rounded, cut", _plan)
