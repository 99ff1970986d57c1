"""The private names of pandera that schemas/validate.py reads still mean what it takes them for."""

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData


def _holds(data: PolarsData) -> pl.LazyFrame:
    return data.lazyframe.select(pl.col(data.key) > 0)


class Numbered(pa.DataFrameModel):
    number: int = pa.Field(title="数", description="一个数", ge=3)

    @pa.check("number", name="is_positive", title="数应大于零")
    def is_positive(cls, data: PolarsData) -> pl.LazyFrame:
        return _holds(data)


def test_check_fn_is_the_function_that_a_check_was_made_from() -> None:
    assert pa.Check(_holds)._check_fn is _holds


def test_check_fn_of_a_method_takes_the_data_alone() -> None:
    (check,) = [
        check for check in Numbered.to_schema().columns["number"].checks if check.name == "is_positive"
    ]
    data = PolarsData(pl.LazyFrame({"number": [1, -1]}), "number")

    assert check._check_fn(data).collect().to_series().to_list() == [True, False]


def test_check_kwargs_are_the_arguments_of_a_built_in_check() -> None:
    assert pa.Check.ge(3)._check_kwargs == {"min_value": 3}
    assert pa.Check(_holds)._check_kwargs == {}
