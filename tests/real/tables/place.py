"""What every table of the rural yearbook begins with: one row a township, or the forestry bureau beside them."""

from typing import Annotated, Any

import polars as pl

from schemas.field import field
from schemas.lineage import Staged

Amount = Annotated[pl.Decimal, 18, 6]


def figure(title: str, unit: str) -> Any:
    """A yearly or year-end figure, which a township may leave blank."""
    return field(title, description="全年累计或年末数；空表示未报", unit=unit, ge=0, nullable=True)


class Place(Staged):
    """A township's row of one sheet."""

    place_code: str = field("乡镇", description="乡镇，或与乡镇并列的林管局", key=True, place="any")
