"""Keyed hashes of texts: equal texts have equal hashes within one home, and nobody reads the text from them."""

from collections.abc import Iterable
from hashlib import blake2s

import polars as pl

from schemas.field import Column

_HASH_BYTES = 16


def keyed_hash(texts: pl.Series, key: bytes, scope: str = "") -> pl.Series:
    """Hash texts, in capitals, to 32 hexadecimal characters (BLAKE2s); null stays null. scope: within which they are equal."""
    hashes = _Hashes(key, scope)
    upper = texts.str.to_uppercase().cast(pl.Binary).to_list()
    return pl.Series(texts.name, [hashes[text] for text in upper], dtype=pl.Binary).bin.encode("hex")


class _Hashes(dict[bytes | None, bytes | None]):
    """The hash of each text that was asked for: a person has several notes, a household several persons."""

    def __init__(self, key: bytes, scope: str) -> None:
        super().__init__({None: None})
        self._keyed = blake2s(scope.encode(), key=key, digest_size=_HASH_BYTES)

    def __missing__(self, text: bytes) -> bytes:
        begun = self._keyed.copy()  # taking in the key costs as much as the text
        begun.update(text)
        hashed = self[text] = begun.digest()
        return hashed


def hide_keys(rows: pl.DataFrame, table: Iterable[Column], key: bytes) -> pl.DataFrame:
    """Hash the keys of rows that are texts as they were sent, and may hold anything; codes of places stay."""
    texts = [c.name for c in table if c.key and c.dtype == pl.String and not c.place and not c.pii]
    return rows.with_columns(keyed_hash(rows[name], key, "key|") for name in texts if name in rows.columns)
