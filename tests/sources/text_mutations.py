"""Mutations of text files, a fixed one for each number: what fuzzes reading may draw on."""

from collections.abc import Callable
from random import Random

_BITS = [
    b'"', b'""', b"|", b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\0", b"\x1a", b"\x1f", b"\x85", b"\xff", b"'",
    b"\\", "２".encode(), "②".encode(), "٣".encode(), "\u2028".encode(), "合计笔数,1,发放金额合计,1".encode("gbk"),
    b"9999-12-31", b"-", b"1e400", b"NaN", b"x" * 140_000, b" ", "　".encode("gbk"), b"=\"1\"", b"\xef\xbb\xbf",
]  # fmt: skip


def mutate(data: bytes, seed: int) -> bytes:
    """Change a file in one to four ways."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_MUTATIONS)(data, chance)
    return data


def _insert(data: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_BITS) + data[at:]


def _flip(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[min(len(data), start + chance.choice([1, 10, 200, len(data)])) :]


def _change_lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            del lines[at]
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case _:
            lines[at] += lines[to]
    return b"\n".join(lines)


def _change_fields(data: bytes, chance: Random) -> bytes:
    delimiter = b"|" if data.count(b"|") > data.count(b",") else b","
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    fields = lines[at].split(delimiter)
    field = chance.randrange(len(fields))
    match chance.randrange(4):
        case 0:
            fields[field] = chance.choice(_BITS)
        case 1:
            del fields[field]
        case 2:
            fields.insert(field, fields[chance.randrange(len(fields))])
        case _:
            fields[field] = b'"' + fields[field] + b'"'
    lines[at] = delimiter.join(fields)
    return b"\n".join(lines)


def _replace_all(data: bytes, chance: Random) -> bytes:
    return data.replace(chance.choice(_BITS[:9]), chance.choice(_BITS[:9]))


def _recode(data: bytes, chance: Random) -> bytes:
    text = data.decode("gb18030", "replace")
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "big5"]), "replace")


_MUTATIONS: list[Callable[[bytes, Random], bytes]] = [
    _insert, _insert, _flip, _cut, _change_lines, _change_fields, _change_fields, _replace_all, _recode,
]  # fmt: skip
