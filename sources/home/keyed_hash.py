"""Keyed hashes of texts: equal texts have equal hashes within one home, and nobody reads the text from them."""

from collections.abc import Iterable
from hashlib import blake2s

import polars as pl

from schemas.field import Column

_HASH_BYTES = 16


def keyed_hash(texts: pl.Series, key: bytes, scope: str = "") -> pl.Series:
    """Hash texts, in capitals, to 32 hexadecimal characters (BLAKE2s); null stays null. scope: within which they are equal."""
    keyed = blake2s(scope.encode(), key=key, digest_size=_HASH_BYTES)

    def digest(text: bytes) -> bytes:
        begun = keyed.copy()  # taking in the key costs as much as the text
        begun.update(text)
        return begun.digest()

    upper = texts.str.to_uppercase().cast(pl.Binary).to_list()
    hashed = [None if text is None else digest(text) for text in upper]
    return pl.Series(texts.name, hashed, dtype=pl.Binary).bin.encode("hex")


def hide_keys(rows: pl.DataFrame, table: Iterable[Column], key: bytes) -> pl.DataFrame:
    """Hash the keys of rows that are texts as they were sent, and may hold anything; codes of places stay."""
    texts = [c.name for c in table if c.key and c.dtype == pl.String and not c.place and not c.pii]
    return rows.with_columns(keyed_hash(rows[name], key, "key|") for name in texts if name in rows.columns)
