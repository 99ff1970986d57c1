"""Results of row rules: which the UI shows together, and how many rows break any of them."""

from pathlib import Path

import polars as pl

from schemas.check_result import MERGED
from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import declared_rules, rule
from sources.county.references import read_references
from sources.staging.files import REJECTED_SCHEMA
from sources.staging.row_checks import count_merged, merged_rules, row_rules
from tests.district import COUNTY


class StagedPond(Staged):
    """A form for these tests."""

    pond_code: str = field("鱼塘编码", description="编码", key=True, str_matches="^[A-Z]+$")
    place_code: str = field("村代码", description="所在的村", place="village")
    area_mu: pl.Int64 = field("面积", description="水面", unit="亩", ge=0)
    deep_mu: pl.Int64 = field("深水面积", description="深水面", unit="亩", ge=0, nullable=True)

    deep_within_area = rule("深水面积不应多于面积", pl.col("deep_mu") <= pl.col("area_mu"))


NAMES = (
    "key__duplicate", "row__field_count", "row__stray_quote", "row__hidden", "row__struck_out", "pond_code__error_cell",
    "pond_code__number_as_identifier", "place_code__unknown_place", "place_code__ambiguous_place", "area_mu__parse",
    "area_mu__merged_cell", "area_mu__required", "area_mu__greater_than_or_equal_to", "pond_code__str_matches",
    "row__deep_within_area",
)  # fmt: skip


def test_rules_that_ask_the_same_of_several_fields_are_shown_together() -> None:
    merged = merged_rules(StagedPond, NAMES)
    assert merged == {
        "row__field_count": "cells_readable",
        "row__stray_quote": "cells_readable",
        "row__hidden": "rows_visible",
        "row__struck_out": "rows_visible",
        "pond_code__error_cell": "cells_readable",
        "pond_code__number_as_identifier": "cells_readable",
        "area_mu__parse": "cells_readable",
        "area_mu__merged_cell": "cells_readable",
        "place_code__unknown_place": "places_known",
        "place_code__ambiguous_place": "places_known",
        "area_mu__required": "required_filled",
        "area_mu__greater_than_or_equal_to": "values_in_domain",
        "pond_code__str_matches": "values_in_domain",
    }
    assert set(merged.values()) <= MERGED.keys()


def test_every_rule_that_a_form_declares_is_shown_by_itself() -> None:
    references = read_references(COUNTY)
    for table, model in references.tables.items():
        names = row_rules(references, table)
        alone = names.keys() - merged_rules(model, names).keys()
        declared = {f"row__{rule.name}" for rule in declared_rules(model) if not rule.of}
        assert declared | {"key__duplicate"} <= alone, table
        assert not {name for name in alone if name.endswith(("__required", "__parse", "__isin"))}, table


def rejected(path: Path, *reasons: tuple[str, int, str]) -> Path:
    """A file of rejected rows: delivery, row and rule of each reason."""
    pl.DataFrame(
        [
            {"delivery_id": delivery, "sheet_name": "Sheet1", "sheet_row": row, "rule": rule}
            for delivery, row, rule in reasons
        ],
        schema={name: REJECTED_SCHEMA[name] for name in ("delivery_id", "sheet_name", "sheet_row", "rule")},
    ).write_parquet(path)
    return path


def test_a_row_that_breaks_two_rules_of_a_check_counts_once(tmp_path: Path) -> None:
    merged = merged_rules(StagedPond, NAMES)
    first = rejected(
        tmp_path / "1.parquet",
        ("d1", 5, "area_mu__parse"),
        ("d1", 5, "pond_code__error_cell"),
        ("d1", 6, "area_mu__parse"),
        ("d1", 6, "area_mu__required"),
    )
    second = rejected(tmp_path / "2.parquet", ("d2", 5, "area_mu__parse"))
    counts = {"area_mu__parse": 3, "pond_code__error_cell": 1, "area_mu__required": 1}
    assert count_merged([first, second], merged, counts) == {"cells_readable": 3, "required_filled": 1}


def test_no_file_is_read_where_one_rule_alone_is_broken() -> None:
    merged = merged_rules(StagedPond, NAMES)
    assert count_merged([Path("missing.parquet")], merged, {"area_mu__parse": 3}) == {"cells_readable": 3}
