"""Text files to UTF-8: which encoding, and how strictly."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import encoding as text
from sources.reading.cells import Unreadable
from sources.reading.encoding import decode, transcode

LEDGER = "借据号,行政村\r\nA1,口泉村\r\nA2,镕基村\n"


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "ledger.csv"
    path.write_bytes(data)
    return path


ENCODED = [
    (LEDGER.encode(), "utf-8"),
    (LEDGER.encode("utf-8-sig"), "utf-8-sig"),
    (codecs.BOM_UTF16_LE + LEDGER.encode("utf-16-le"), "utf-16"),
    (codecs.BOM_UTF16_BE + LEDGER.encode("utf-16-be"), "utf-16"),
    (LEDGER.encode("gbk"), "gb18030"),
    (b"a,b\n1,2\n", "utf-8"),
    (b"", "utf-8"),
]


@pytest.mark.parametrize(("data", "encoding"), ENCODED)
def test_a_file_is_decoded_by_mark_then_utf_8_then_gb18030(data: bytes, encoding: str) -> None:
    assert decode(data) == (data.decode(encoding), encoding)


@pytest.mark.parametrize(("data", "encoding"), ENCODED)
def test_transcoding_gives_the_same_text_as_utf_8_without_mark(
    data: bytes, encoding: str, tmp_path: Path
) -> None:
    target = tmp_path / "utf8.csv"
    assert transcode(file_of(tmp_path, data), target) == encoding
    assert target.read_bytes() == data.decode(encoding).encode()


def test_rare_characters_of_gb18030_are_known(tmp_path: Path) -> None:
    rare = "㐂𠀀"  # of four bytes each
    target = tmp_path / "utf8.csv"
    assert transcode(file_of(tmp_path, rare.encode("gb18030")), target) == "gb18030"
    assert target.read_text() == rare


def test_the_encoding_holds_for_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_CHUNK_BYTES", 7)
    target = tmp_path / "utf8.csv"
    late = "plain\n" * 100 + "口泉村\n"
    assert transcode(file_of(tmp_path, late.encode("gb18030")), target) == "gb18030"
    assert target.read_text() == late


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.integers(1, 9))
def test_chunks_may_end_amid_a_character(
    tmp_path_factory: pytest.TempPathFactory, written: str, encoding: str, chunk_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("text")
    data = written.encode(encoding)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text, "_CHUNK_BYTES", chunk_bytes)
        transcode(file_of(folder, data), folder / "utf8.csv")
    assert (folder / "utf8.csv").read_bytes().decode() == decode(data)[0]


UNDECODABLE = [
    (b"a\nb\n\xff\xff\n", "line 3 is not valid utf-8"),
    ("村\n".encode() * 3 + b"\xff\n", "line 4 is not valid utf-8"),
    ("村\n".encode("gbk") * 5 + b"\xff\xff\n", "line 6 is not valid gb18030"),
    ("村\n".encode("gbk") + "村".encode("gbk")[:1], "line 2 is not valid gb18030"),
    (codecs.BOM_UTF8 + "村".encode("gbk"), "line 1 is not valid utf-8-sig"),
    (codecs.BOM_UTF16_LE + b"a", "line 1 is not valid utf-16"),
]


@pytest.mark.parametrize(("data", "detail"), UNDECODABLE)
def test_what_is_neither_is_refused_with_its_line(data: bytes, detail: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert refused.value.args == ("undecodable", detail)


@pytest.mark.parametrize(("data", "detail"), UNDECODABLE)
def test_a_refused_file_leaves_no_target(data: bytes, detail: str, tmp_path: Path) -> None:
    target = tmp_path / "utf8.csv"
    with pytest.raises(Unreadable) as refused:
        transcode(file_of(tmp_path, data), target)
    assert refused.value.args == ("undecodable", detail)
    assert not target.exists()


def test_a_target_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    source, target = file_of(tmp_path, LEDGER.encode()), tmp_path / "utf8.csv"
    transcode(source, target)
    other = tmp_path / "other.csv"
    other.write_bytes("乡".encode("gbk"))
    transcode(other, target)
    assert target.read_text() == "乡"
    assert source.read_bytes() == LEDGER.encode()


def test_where_there_are_no_links_the_file_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError("links are not supported")

    monkeypatch.setattr("os.link", no_links)
    source, target = file_of(tmp_path, LEDGER.encode()), tmp_path / "utf8.csv"
    assert transcode(source, target) == "utf-8"
    assert target.read_bytes() == LEDGER.encode()
    assert not target.samefile(source)
