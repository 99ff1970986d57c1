"""Ledgers and pages in every encoding that may come, sound and damaged.

What a ledger holds in Chinese are words that are known or names that are not kept, so its rows are whole or none; the names
of enterprises on a page are kept as they are.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from tests.trust.deliveries.receiving import TOWNSHIP, Desk, at_a_desk, sound_enterprises, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

COMMON, RARE, EMOJI, KANA = "云冈区", "㐂𠀀䶮", "借📊", "ァヶ々〇"
KNOWN = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")


@dataclass(frozen=True)
class Case:
    """A file. name: of what is done with it; text: in it, rare or not; must: whether it must be accepted."""

    name: str
    data: bytes
    text: str
    must: bool
    is_page: bool = False


def _cases() -> list[Case]:
    """Make all files, none of them twice."""
    sound, pages = [], []
    for text in (COMMON, RARE, EMOJI, KANA):
        for encoding in (*KNOWN, "utf-16-le", "utf-16-be", "big5", "utf-32"):
            with suppress(UnicodeEncodeError):
                sound.append((f"{encoding} {text}", _ledger(text).encode(encoding), text, encoding in KNOWN))
        for declared, encoding in (
            ("utf-8", "utf-8"),
            ("gb2312", "gb18030"),
            ("utf-8", "gb18030"),
            ("gb2312", "utf-8-sig"),
        ):
            page = _page(text, declared).encode(encoding)
            pages.append(
                Case(f"page in {encoding}, {declared} declared, {text}", page, text, True, is_page=True)
            )
    gbk, utf8 = _ledger(COMMON).encode("gb18030"), _ledger(COMMON).encode()
    half = _ledger(RARE).encode("gb18030")
    at = half.index("㐂".encode("gb18030"))
    damaged = [
        ("utf-16 be with a mark", codecs.BOM_UTF16_BE + _ledger(RARE).encode("utf-16-be"), RARE, True),
        ("gb18030 then utf-8", gbk[: len(gbk) // 2] + utf8[len(utf8) // 2 :], COMMON, False),
        ("utf-8 then gb18030", utf8[: len(utf8) // 2] + gbk[len(gbk) // 2 :], COMMON, False),
        ("utf-8 mark before gb18030", codecs.BOM_UTF8 + gbk, COMMON, False),
        ("utf-16 mark before utf-8", codecs.BOM_UTF16_LE + utf8, COMMON, False),
        ("a note in utf-8 within gb18030", gbk.replace(COMMON.encode("gb18030"), COMMON.encode()), COMMON, False),
        ("a note in gb18030 within utf-8", utf8.replace(COMMON.encode(), COMMON.encode("gb18030")), COMMON, False),
        ("cut in a character of utf-8", utf8.replace(COMMON.encode(), COMMON.encode()[:-1]), COMMON, False),
        ("cut in a character of gb18030", gbk.replace(COMMON.encode("gb18030"), COMMON.encode("gb18030")[:-1]), COMMON, False),
        ("cut in four bytes of gb18030", half[: at + 2] + half[at + 4 :], RARE, False),
        ("NUL in a note", gbk.replace(COMMON.encode("gb18030"), b"\0" + COMMON.encode("gb18030")), COMMON, False),
        ("NULs at the end", gbk + bytes(512), COMMON, False),
        ("0xff amid it", gbk.replace(b",50,", b",50\xff,"), COMMON, False),
        ("overlong utf-8", utf8.replace(b"/", b"\xc0\xaf").replace(b",50,", b",\xc0\xb550,"), COMMON, False),
        ("a surrogate in utf-8", utf8.replace(COMMON.encode(), b"\xed\xa0\x80"), COMMON, False),
        ("utf-8 read as latin-1 and written again", utf8.decode("latin-1").encode(), COMMON, False),
        ("gbk read as latin-1 and written again", gbk.decode("latin-1").encode(), COMMON, False),
    ]  # fmt: skip
    texts = {data: Case(name, data, text, must) for name, data, text, must in sound + damaged}
    return [*texts.values(), *pages]


def _ledger(client: str) -> str:
    from tests.sources.ledger import HEADER, line, trailer

    return "\r\n".join([HEADER, line(1, day="2023-01-31", name=client), trailer(1, 100), ""])


def _page(enterprise: str, declared: str) -> str:
    from sample.files.containers import to_html
    from tests.trust.deliveries.formats import enterprise_grid

    page = to_html([enterprise_grid("企业名称在此")]).decode("gb18030")
    return re.sub(r"charset=[\w-]+", f"charset={declared}", page).replace("企业名称在此", enterprise)


def _try(cases: list[Case], desk: Desk) -> list[str]:
    from tests.sources.ledger import BANK

    sound = desk.rows(desk.send({f"{BANK}/台账.csv": _ledger("甄士隐").encode()})[f"{BANK}/台账.csv"])
    files = {
        f"{TOWNSHIP}/{n}/企业.xls" if case.is_page else f"{BANK}/{n}/台账.csv": case.data
        for n, case in enumerate(cases)
    }
    failures = ["the sound ledger cannot be tried"] * (not sound)
    for case, of_file in zip(cases, desk.send(files).values(), strict=True):
        wrong, rows = unanswered(of_file), desk.rows(of_file)
        if (
            not wrong
            and case.is_page
            and [row["enterprise_name"] for row in desk.values(of_file)] not in ([], [case.text])
        ):
            wrong = f"accepted with {rows} for {case.text}"
        if not wrong and not case.is_page and rows not in (sound, []):
            wrong = f"accepted with {rows}"
        if not wrong and case.must and not rows:
            wrong = f"not accepted: {[(r.reasons, r.rule_counts) for r in of_file]}"
        failures += [f"{case.name}: {wrong}"] * bool(wrong)
    return failures + [f"lost: {place}" for place in desk.unkept(files)]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    cases = _cases()[:: 8 if short else 1]
    return [at_a_desk(partial(_try, cases), "texts", len(cases), load=not short, sound=sound_enterprises())]


ENCODINGS = Line("encodings", "texts in other encodings, mixed, cut in a character, with NULs", _plan)
