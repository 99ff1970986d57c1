"""Taking a decision on a delivery: what may be confirmed or withdrawn, and what not."""

from datetime import datetime

from sources.county.references import References
from sources.holding.decisions import Decision, DecisionRefused, Verdict, write_decision
from sources.holding.home_states import home_states
from sources.holding.states import DeliveryStates
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts


def decide(
    home: Home,
    references: References,
    delivery_id: str,
    verdict: Verdict,
    *,
    why: str,
    by: str,
    now: datetime,
) -> Receipt:
    """Keep a decision on a delivery; it counts from the next load on. Returns the delivery's receipt.

    Raises DecisionRefused where there is nothing to decide, or a newer delivery is in force.
    """
    receipts = read_receipts(home)
    receipt = next((r for r in receipts if r.delivery_id == delivery_id), None)
    if receipt is None:
        raise DecisionRefused(f"没有编号为 {delivery_id} 的报送；编号见回执、质量页和 dq_delivery")
    if not why.strip() or not by.strip():
        raise DecisionRefused("请写明理由（--why）和决定人（--by）")
    states = home_states(home, references, receipts, now)
    refusal = (
        _refuse_confirming(receipt, states) if verdict == "confirm" else _refuse_withdrawing(receipt, states)
    )
    if refusal:
        raise DecisionRefused(refusal)
    decision = Decision(
        delivery_id=delivery_id, verdict=verdict, why=why.strip(), by=by.strip(), decided_at=now
    )
    home.decisions.mkdir(exist_ok=True, mode=0o700)
    write_decision(home, decision)
    return receipt


def _refuse_confirming(receipt: Receipt, states: DeliveryStates) -> str | None:
    state = states.state_of(receipt)
    if state in ("rejected", "duplicate"):
        return f"这份报送已{_WORDS[state]}，没有可确认的；请由填报单位改正后重新报送"
    if state == "accepted":
        return "这份报送已接收，不待核实，不必确认"
    newer = states.in_force.get(receipt.key)
    if newer is not None and newer.received_at > receipt.received_at:
        return (
            f"同一张表、同一报告期已有更新的报送有效（{newer.delivery_id}，{newer.file.name}）；"
            f"仍要用这一份，请先撤回更新的：xiangcang withdraw {newer.delivery_id}"
        )
    return None


def _refuse_withdrawing(receipt: Receipt, states: DeliveryStates) -> str | None:
    state = states.state_of(receipt)
    if state in ("rejected", "duplicate", "withdrawn"):
        return f"这份报送已{_WORDS[state]}，没有可撤回的"
    return None


_WORDS = {"rejected": "退回", "duplicate": "作为重复报送略过", "withdrawn": "撤回"}
