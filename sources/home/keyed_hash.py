"""Keyed hashes of texts: equal texts have equal hashes within one home, and nobody reads the text from them."""

from collections.abc import Iterable
from hashlib import blake2s

import polars as pl

from schemas.field import Column

_HASH_BYTES = 16


def keyed_hash(texts: pl.Series, key: bytes, scope: str = "") -> pl.Series:
    """Hash texts, in capitals, to 32 hexadecimal characters (BLAKE2s); null stays null. scope: within which they are equal."""
    keyed = blake2s(scope.encode(), key=key, digest_size=_HASH_BYTES)
    hashed: list[bytes | None] = []
    for text in texts.str.to_uppercase().cast(pl.Binary).to_list():  # hot: a call would cost a fifth more
        if text is None:
            hashed.append(None)
            continue
        begun = keyed.copy()  # taking in the key costs as much as the text
        begun.update(text)
        hashed.append(begun.digest())
    return pl.Series(texts.name, hashed, dtype=pl.Binary).bin.encode("hex")


def hide_keys(rows: pl.DataFrame, table: Iterable[Column], key: bytes) -> pl.DataFrame:
    """Hash the keys of rows that are texts as they were sent, and may hold anything; codes of places stay."""
    texts = [c.name for c in table if c.key and c.dtype == pl.String and not c.place and not c.pii]
    return rows.with_columns(keyed_hash(rows[name], key, "key|") for name in texts if name in rows.columns)
