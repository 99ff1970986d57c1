"""Changed rules restage archived deliveries; what arrives again is a revision, a duplicate or a new delivery."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sources.county.references import read_references
from sources.home.folders import Home, MixedSynthetic
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force
from tests.district import COUNTY
from tests.journeys.clock import START
from tests.journeys.townships import enterprise_book, village_book

Arrive = Callable[..., list[Receipt]]


def deliveries_in_force(home: Home) -> list[str]:
    receipts = read_receipts(home)
    return [r.delivery_id for r in in_force(receipts, START + timedelta(days=1))]


def test_an_alias_added_later_lets_the_archived_delivery_in(
    home: Home, arrive: Arrive, tmp_path: Path
) -> None:
    rejected = arrive(village_book("口泉乡", ["杨家窑村", "杨家窖沟村"]))[0]
    assert rejected.rule_counts == {"village_code__unknown_place": 1}

    changed = shutil.copytree(COUNTY, tmp_path / "changed")
    with (changed / "aliases.csv").open("a", encoding="utf-8") as aliases:
        aliases.write("140214200200,杨家窖沟村,口泉村,observed,报表中见到,统计股,2022-04-11\n")
    restaged = arrive(references=read_references(changed))

    assert [(r.delivery_id, r.revision, r.outcome) for r in restaged] == [
        (rejected.delivery_id, 2, "accepted")
    ]
    assert (home.receipts / f"{rejected.delivery_id}.r1.json").exists()
    assert deliveries_in_force(home) == [rejected.delivery_id]


def test_other_rules_that_give_the_same_leave_all_as_it_is_but_their_hash(home: Home, arrive: Arrive) -> None:
    first = arrive(village_book("口泉乡", ["杨家窑村", "没有的村"]))[0]
    answers = {path: path.read_bytes() for path in home.outbox.rglob("*") if path.is_file()}
    rereads: list[tuple[int, int]] = []

    known = read_references(COUNTY)
    contract = known.contracts[first.contract]
    renamed = contract.model_copy(update={"title": [*contract.title, "另一种表题"]})
    other = replace(known, contracts=known.contracts | {first.contract: renamed})
    assert arrive(references=other, on_reread=lambda *counts: rereads.append(counts)) == []
    assert arrive(references=other, on_reread=lambda *counts: rereads.append(counts)) == []

    (receipt,) = read_receipts(home)
    assert (receipt.revision, receipt.content) == (1, first.content)
    assert receipt.rules_hash == other.rules_hash(first.contract, first.reporter_code, first.period)
    assert receipt.rules_hash != first.rules_hash
    assert {path: path.read_bytes() for path in home.outbox.rglob("*") if path.is_file()} == answers
    assert {path.name.split(".")[1] for path in home.staging.rglob("*.parquet")} <= {"r1-0"}
    assert rereads == [(1, 0)]


def test_nothing_is_staged_twice_under_the_same_rules(arrive: Arrive) -> None:
    assert len(arrive(village_book("口泉乡", ["杨家窑村"]))) == 1
    assert arrive() == []


def test_the_same_bytes_again_change_nothing(home: Home, arrive: Arrive) -> None:
    book = village_book("口泉乡", ["杨家窑村"])
    first = arrive(book)[0]

    again = arrive(book, "报表(1).xlsx")[0]

    assert (again.outcome, again.rows.skipped) == ("duplicate", 1)
    assert deliveries_in_force(home) == [first.delivery_id]


def test_a_then_b_then_a_puts_a_in_force_again(home: Home, arrive: Arrive) -> None:
    a, b = village_book("口泉乡", ["杨家窑村"]), village_book("口泉乡", ["杨家窑村", "上窝寨村"])
    arrive(a, "甲.xlsx"), arrive(b, "乙.xlsx")

    last = arrive(a, "丙.xlsx")[0]

    assert last.outcome == "accepted"
    assert deliveries_in_force(home) == [last.delivery_id]


def test_a_rejected_resend_leaves_the_predecessor_in_force(home: Home, arrive: Arrive) -> None:
    good = arrive(village_book("口泉乡", ["杨家窑村"]), "甲.xlsx")[0]

    bad = arrive(village_book("口泉乡", ["没有的村"]), "乙.xlsx")[0]

    assert bad.outcome == "rejected"
    assert deliveries_in_force(home) == [good.delivery_id]


def test_one_workbook_may_hold_two_forms(home: Home, arrive: Arrive) -> None:
    both = arrive(village_book("口泉乡", ["杨家窑村"], beside=enterprise_book))

    assert {(r.table, r.outcome) for r in both} == {
        ("village_profile", "accepted"),
        ("agri_processing", "accepted"),
    }
    assert len(deliveries_in_force(home)) == 2


def test_a_sample_never_mixes_with_real_deliveries(home: Home, arrive: Arrive) -> None:
    arrive(village_book("口泉乡", ["杨家窑村"]))
    (home.root / "synthetic.json").write_text("{}")

    with pytest.raises(MixedSynthetic, match="XIANGCANG_HOME"):
        arrive(village_book("口泉乡", ["上窝寨村"]), "另一份.xlsx")


def test_what_a_killed_load_left_is_swept(home: Home, arrive: Arrive) -> None:
    left = home.staging / "village_profile" / "county=140214" / "period=2021" / "x.r1-0.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")

    arrive()

    assert not left.exists()
