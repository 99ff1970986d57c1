"""What deliveries count for follows from receipts and decisions, in whatever order they are read."""

from datetime import timedelta
from random import Random

import pytest

from sources.holding.decisions import Decision, Verdict
from sources.holding.states import DeliveryStates, Judgement, delivery_states
from sources.home.receipts import Receipt
from tests.sources.holding.receipts import FIRST_DAY, receipt

LATER = FIRST_DAY + timedelta(days=99)
HELD = Judgement(holds={"vanished": "缺行"}, frame_rows=12, lacking_rows=10)


def judge(delivery: Receipt, _: DeliveryStates) -> Judgement:
    """Hold deliveries whose name says so."""
    return HELD if delivery.delivery_id.startswith("part") else Judgement()


def decided(delivery_id: str, verdict: Verdict, day: int = 9) -> Decision:
    at = FIRST_DAY + timedelta(days=day)
    return Decision(delivery_id=delivery_id, verdict=verdict, why="已核实", by="统计股", decided_at=at)


def states(*receipts: Receipt, decisions: list[Decision] | None = None) -> DeliveryStates:
    return delivery_states(receipts, decisions or [], judge, LATER)


def counting(of: DeliveryStates) -> list[str]:
    return [delivery.delivery_id for delivery in of.counting]


WHOLE, PART = receipt("whole", day=1), receipt("part", day=2)


def test_the_last_accepted_of_a_key_counts() -> None:
    of = states(receipt("a"), receipt("b", day=1), receipt("c", day=2, outcome="rejected"))
    assert (counting(of), [r.delivery_id for r in of.open]) == (["b"], ["c"])


def test_a_held_delivery_leaves_what_was_in_force() -> None:
    of = states(WHOLE, PART)
    assert (counting(of), list(of.held), of.state_of(PART)) == (["whole"], ["part"], "held")
    assert [r.delivery_id for r in of.open] == ["part"]
    assert of.holds_of(PART) == {"vanished": "缺行"}


def test_a_confirmed_delivery_counts() -> None:
    of = states(WHOLE, PART, decisions=[decided("part", "confirm")])
    assert (counting(of), list(of.held), of.state_of(PART)) == (["part"], [], "accepted")


def test_a_withdrawn_delivery_gives_way_to_the_one_before() -> None:
    of = states(WHOLE, PART, decisions=[decided("part", "confirm", 3), decided("part", "withdraw", 4)])
    assert (counting(of), of.state_of(PART)) == (["whole"], "withdrawn")
    assert [r.delivery_id for r in of.open] == ["whole"]


def test_an_accepted_delivery_can_be_withdrawn_and_then_nothing_counts() -> None:
    of = states(WHOLE, decisions=[decided("whole", "withdraw")])
    assert (counting(of), of.open) == ([], [])


def test_a_later_accepted_delivery_closes_a_held_one() -> None:
    of = states(WHOLE, PART, receipt("whole again", day=3))
    assert (counting(of), list(of.held), of.state_of(PART)) == (["whole again"], [], "held")


def test_confirming_what_a_newer_one_has_replaced_changes_nothing() -> None:
    of = states(WHOLE, PART, receipt("newer", day=3), decisions=[decided("part", "confirm")])
    assert counting(of) == ["newer"]


def test_duplicates_change_nothing() -> None:
    of = states(WHOLE, receipt("again", day=5, outcome="duplicate"))
    assert (counting(of), of.state_of(receipt("again", outcome="duplicate"))) == (["whole"], "duplicate")


def test_what_came_after_the_cut_off_is_not_there() -> None:
    of = delivery_states([WHOLE, receipt("later", day=5)], [], judge, FIRST_DAY + timedelta(days=4))
    assert counting(of) == ["whole"]


def test_a_judge_sees_what_counted_when_the_delivery_came() -> None:
    seen: dict[str, list[str]] = {}

    def watch(delivery: Receipt, so_far: DeliveryStates) -> Judgement:
        seen[delivery.delivery_id] = [r.delivery_id for r in so_far.counting]
        return judge(delivery, so_far)

    delivery_states([receipt("third", day=4), PART, WHOLE], [], watch, LATER)
    assert seen == {"whole": [], "part": ["whole"], "third": ["whole"]}


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_loads_does_not_matter(seed: int) -> None:
    chance = Random(seed)
    receipts = [
        receipt(f"{chance.choice(('whole', 'part'))} {n}", day=n, period=chance.choice(("2022-Q1", "2022-Q2")),
                outcome=chance.choice(("accepted", "accepted", "rejected", "duplicate")))
        for n in range(12)
    ]  # fmt: skip
    decisions = [
        decided(r.delivery_id, chance.choice(("confirm", "withdraw")), n)
        for n, r in enumerate(chance.sample(receipts, 4))
    ]
    expected = states(*receipts, decisions=decisions)
    shuffled = chance.sample(receipts, len(receipts))
    assert states(*shuffled, decisions=decisions) == expected
