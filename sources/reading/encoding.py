"""Text files to UTF-8: by byte order mark, else UTF-8, else GB18030; strictly, and for the whole file.

GB2312 and GBK are read as GB18030, which contains them. Nothing else is changed; line ends stay, but those of a
file whose lines end in CR alone, as old Macs write them, become LF.
"""

import codecs
import os
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sources.reading.cells import Unreadable

_CHUNK_BYTES = 1 << 20
"""That stay in the processor's cache and in memory that is used again, which larger ones do not."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text, without byte order mark, and its encoding: utf-8-sig, utf-16, utf-8 or gb18030.

    Raises Unreadable("undecodable"), whose detail names the line.
    """
    return _decode(data, _candidates(data[:3]))


def decode_markup(data: bytes) -> str:
    """Decode as `decode` does, but try a page whose head declares GB2312, GBK or GB18030 as that first."""
    candidates = _candidates(data[:3])
    if re.search(rb"""(?:charset|encoding)\s*=\s*["']?gb""", data[:4096], re.IGNORECASE):
        candidates.sort()
    return _decode(data, candidates)[0]


def transcode(source: Path, target: Path) -> str:
    """Write a text file as UTF-8 without byte order mark; returns the encoding it had (as `decode`).

    Memory: a few chunks of 1 MB. A file that is such UTF-8 already, with LF in it, becomes a hard link where the file
    system allows it: do not write into `target`. A target that exists is replaced.
    Raises Unreadable("undecodable"), whose detail names the line; then no target is left.
    """
    with source.open("rb") as file:
        candidates = _candidates(file.read(3))
    for encoding in candidates:
        target.unlink(missing_ok=True)
        try:
            if encoding == "utf-8":
                _assert_decodes(source, encoding)
                _link_or_copy(source, target)
            else:
                _rewrite(source, encoding, target)
            _end_lines_in_lf(target)
        except UnicodeDecodeError:
            continue
        return encoding
    target.unlink(missing_ok=True)
    with source.open("rb") as file:
        raise _undecodable(file, candidates)


def read_lines(source: Path) -> Iterator[bytes]:
    """Yield the lines of a text file without their LF, in UTF-8 and as `transcode` ends them; no more is decoded than is taken.

    Memory: a few chunks of 1 MB. Raises Unreadable("undecodable").
    """
    with source.open("rb") as file:
        candidates = _candidates(file.read(3))
    encoding = next((e for e in candidates[:-1] if _decodes(source, e)), candidates[-1])
    rest, ends_in_cr = b"", None
    with source.open("rb") as file:
        try:
            for text in _decode_chunks(file, encoding):
                if ends_in_cr is None:
                    ends_in_cr = "\r" in text and "\n" not in text
                *lines, rest = (rest + (text.replace("\r", "\n") if ends_in_cr else text).encode()).split(
                    b"\n"
                )
                yield from lines
        except UnicodeDecodeError as error:
            raise _undecodable(file, candidates) from error
    if rest:
        yield rest


def _candidates(head: bytes) -> list[str]:
    return next(([encoding] for mark, encoding in _MARKS if head.startswith(mark)), ["utf-8", "gb18030"])


def _decode(data: bytes, candidates: list[str]) -> tuple[str, str]:
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _undecodable(BytesIO(data), candidates)


def _decode_chunks(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    while chunk := file.read(_CHUNK_BYTES):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _assert_decodes(source: Path, encoding: str) -> None:
    with source.open("rb") as file:
        for _ in _decode_chunks(file, encoding):
            pass


def _decodes(source: Path, encoding: str) -> bool:
    try:
        _assert_decodes(source, encoding)
    except UnicodeDecodeError:
        return False
    return True


def _rewrite(source: Path, encoding: str, target: Path) -> None:
    with source.open("rb") as file, target.open("wb") as out:
        for text in _decode_chunks(file, encoding):
            out.write(text.encode())


def _end_lines_in_lf(target: Path) -> None:
    """Write LF for CR where the head of a file, which may be a link, has lines that end in CR and none in LF."""
    with target.open("rb") as file:
        head = file.read(_CHUNK_BYTES)
        if b"\r" not in head or b"\n" in head:
            return
        aside = target.with_name(f".{target.name}.lf")
        with aside.open("wb") as out:
            out.write(head.replace(b"\r", b"\n"))
            while chunk := file.read(_CHUNK_BYTES):
                out.write(chunk.replace(b"\r", b"\n"))
    os.replace(aside, target)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def _undecodable(file: BinaryIO, candidates: list[str]) -> Unreadable:
    """Name the line where the encoding that came furthest gave up.

    That encoding is the one meant, and there is the damage.
    """
    line, encoding = max((_find_failing_line(file, encoding), encoding) for encoding in candidates)
    return Unreadable("undecodable", f"line {line} is not valid {encoding}")


def _find_failing_line(file: BinaryIO, encoding: str) -> int:
    file.seek(0)
    line = 1
    try:
        for text in _decode_chunks(file, encoding):
            line += text.count("\n")
    except UnicodeDecodeError as error:
        line += error.object[: error.start].decode(encoding, "ignore").count("\n")
    return line
