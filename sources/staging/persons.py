"""Pseudonyms of persons: keyed hashes in place of numbers, nothing in place of names."""

import re

import polars as pl

from schemas.field import Column
from sources.home.keyed_hash import keyed_hash
from sources.text.squeeze import squeeze

_LONG_NUMBER = re.compile(r"\d{7,}")
_NUMBER_LIKE = re.compile(r"[\d０-９.,，+\-%‰/年月日:：TEe\s元万亿户人次个亩吨公斤]+$")
_PLACE_LIKE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:村|乡|镇|街道|社区|区|村委会|村民委员会|居委会)$")


def pseudonymize(rows: pl.DataFrame, table: list[Column], key: bytes, institution: str) -> pl.DataFrame:
    """Replace the columns of persons by keyed BLAKE2s hashes (32 hexadecimal characters).

    An ID number hashes alike at every institution; a household number only within one.
    """
    for column in table:
        if column.pii is None or column.name not in rows.columns:
            continue
        scope = "" if column.pii == "id_number" else f"{institution}|"
        hashed = keyed_hash(rows[column.name], key, scope)
        rows = rows.with_columns(hashed.alias(column.name))
    return rows


def showable(text: str | None, column: Column | None, personal: bool) -> str | None:
    """Return a rejected cell's text where it may be kept, else None.

    Numbers and place names may; free text and long numbers may not.
    """
    if text is None or personal or column is None:
        return None
    if _LONG_NUMBER.search(squeeze(text).replace(",", "").replace(".", "")):
        return None
    if column.place:
        return text.strip() if _PLACE_LIKE.fullmatch(squeeze(text)) else None
    return text.strip() if _NUMBER_LIKE.fullmatch(text.strip()) else None
