"""Rules are declared in the body of a table, and pandera is handed them."""

import pandera.polars as pa
import polars as pl
import pytest

from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.validate import rules


class Orchard(Staged):
    trees: pl.Int64 = field("株数", description="果树的株数", unit="株", ge=0, key=True)
    apples: pl.Int64 = field("苹果树", description="其中苹果树", unit="株")
    pears: pl.Int64 = field("梨树", description="其中梨树", unit="株", nullable=True)

    parts_within_whole = rule("苹果树不应多于株数", pl.col("apples") <= pl.col("trees"))
    plausible = rule("各种树应在一万株以内", lambda trees: trees < 10_000, of=("apples", "pears"), flag=True)


class PearOrchard(Orchard):
    owner: str = field("户主编号", description="户主的编号")

    parts_within_whole = rule("梨树不应多于株数", pl.col("pears") <= pl.col("trees"))


def of_fields(model: type[pa.DataFrameModel], *names: str) -> list[tuple[str, str, str]]:
    """Name, severity and title of the rules that are about any of these fields."""
    return [(r.name, r.severity, r.title) for r in rules(model) if {*r.fields} & {*names}]


def test_a_field_has_its_limits_then_its_rules_and_a_row_its_own() -> None:
    assert of_fields(Orchard, "trees", "apples", "pears") == [
        ("trees__required", "reject", "“株数”不应为空"),
        ("trees__greater_than_or_equal_to", "reject", "“株数”不应小于 0"),
        ("apples__required", "reject", "“苹果树”不应为空"),
        ("apples__plausible", "flag", "各种树应在一万株以内"),
        ("pears__plausible", "flag", "各种树应在一万株以内"),
        ("row__parts_within_whole", "reject", "苹果树不应多于株数"),
    ]


def test_a_table_inherits_rules_and_declares_them_anew_by_their_name() -> None:
    (of_row,) = [r for r in rules(PearOrchard) if r.name.startswith("row__")]
    assert (of_row.title, of_row.fields) == ("梨树不应多于株数", ("pears", "trees"))
    assert ("apples__plausible", "flag", "各种树应在一万株以内") in of_fields(PearOrchard, "apples")


@pytest.mark.parametrize("model", [Orchard, PearOrchard])
def test_pandera_has_the_same_rules_under_the_same_names(model: type[pa.DataFrameModel]) -> None:
    schema = model.to_schema()
    assert [check.name for check in schema.checks] == ["parts_within_whole"]
    assert [(check.name, check.raise_warning) for check in schema.columns["pears"].checks] == [
        ("plausible", True)
    ]


def test_a_table_without_a_key_is_refused_when_it_is_declared() -> None:
    with pytest.raises(TypeError, match="Keyless has no key: declare what a row is of"):

        class Keyless(Staged):
            trees: pl.Int64 = field("株数", description="果树的株数")


def test_a_check_that_is_handed_to_pandera_in_another_way_is_refused() -> None:
    class Odd(Staged):
        trees: pl.Int64 = field("株数", description="果树的株数", key=True)

        @pa.dataframe_check(name="by_hand", title="手写的规则")
        def by_hand(cls, data: pa.PolarsData) -> pl.LazyFrame:  # noqa: N805 - pandera calls it with the class
            return data.lazyframe.select(pl.col("trees") > 0)

    with pytest.raises(TypeError, match="declare by_hand with rule"):
        rules(Odd)
