"""Taking a decision on a delivery, its totals, a finding or a period: what may be decided, and what not."""

from datetime import datetime

from sources.county.references import References
from sources.holding.decisions import (
    Decision,
    DecisionRefused,
    FindingDecision,
    PeriodDecision,
    PeriodVerdict,
    TotalsDecision,
    Verdict,
    read_accepted_totals,
    read_period_decisions,
    settled_periods,
    write_decision,
)
from sources.holding.home_states import home_states
from sources.holding.states import DeliveryStates
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.text.period import is_period, period_end


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
    receipt = _find_receipt(receipts, delivery_id)
    _assert_reasoned(why, by)
    states = home_states(home, references, receipts, now)
    refusal = (
        _refuse_confirming(receipt, states) if verdict == "confirm" else _refuse_withdrawing(receipt, states)
    )
    if refusal:
        raise DecisionRefused(refusal)
    decision = Decision(
        delivery_id=delivery_id, verdict=verdict, why=why.strip(), by=by.strip(), decided_at=now
    )
    write_decision(home, decision)
    return receipt


def accept_totals(home: Home, delivery_id: str, *, why: str, by: str, now: datetime) -> Receipt:
    """Keep the decision that a delivery's printed totals may disagree; the next load reads it again by that.

    Returns the delivery's receipt. Raises DecisionRefused where its totals are not why it was rejected.
    """
    receipt = _find_receipt(read_receipts(home), delivery_id)
    _assert_reasoned(why, by)
    if delivery_id in read_accepted_totals(home):
        raise DecisionRefused("这份报送的合计已经准予不符，不必再准")
    disagree = any(not total.agrees for total in receipt.control_totals)
    if not disagree or all(reason.rule != "delivery__control_total" for reason in receipt.reasons):
        raise DecisionRefused("这份报送不是因为合计与各行不符而退回的，没有可准的")
    write_decision(
        home, TotalsDecision(delivery_id=delivery_id, why=why.strip(), by=by.strip(), decided_at=now)
    )
    return receipt


def _find_receipt(receipts: list[Receipt], delivery_id: str) -> Receipt:
    receipt = next((r for r in receipts if r.delivery_id == delivery_id), None)
    if receipt is None:
        raise DecisionRefused(f"没有编号为 {delivery_id} 的报送；编号见回执、质量页和 dq_delivery")
    return receipt


def settle(home: Home, period: str, verdict: PeriodVerdict, *, why: str, by: str, now: datetime) -> None:
    """Keep the decision that a period is settled, or open again; it counts from the next load on.

    Raises DecisionRefused for what is no period, and where nothing would change.
    """
    _assert_reasoned(why, by)
    if not any(is_period(period, grain) for grain in ("year", "quarter", "month")):
        raise DecisionRefused(f"“{period}”不是年、季或月；应形如 2022、2022-Q3、2022-06")
    is_settled = period in settled_periods(read_period_decisions(home))
    if is_settled == (verdict == "settle"):
        raise DecisionRefused(f"{period} {'已经定稿' if is_settled else '没有定稿，不必重开'}")
    if verdict == "settle" and period_end(period) >= now.date():
        raise DecisionRefused(f"{period} 尚未结束，不能定稿")
    write_decision(
        home, PeriodDecision(period=period, verdict=verdict, why=why.strip(), by=by.strip(), decided_at=now)
    )


def clear_finding(
    home: Home, check: str, row_key: str, field: str, value: str, *, why: str, by: str, now: datetime
) -> None:
    """Keep the decision that a doubted value is right; it counts from the next load on, until the value is another."""
    _assert_reasoned(why, by)
    write_decision(
        home,
        FindingDecision(
            check=check,
            row_key=row_key,
            field=field,
            value=value,
            why=why.strip(),
            by=by.strip(),
            decided_at=now,
        ),
    )


def _assert_reasoned(why: str, by: str) -> None:
    if not why.strip() or not by.strip():
        raise DecisionRefused("请写明理由（--why）和决定人（--by）")


def _refuse_confirming(receipt: Receipt, states: DeliveryStates) -> str | None:
    state = states.state_of(receipt)
    if state in ("rejected", "duplicate"):
        return f"这份报送已{_WORDS[state]}，没有可确认的；请由填报单位改正后重新报送"
    if state == "accepted" and not states.judgements[receipt.delivery_id].lacking_rows:
        return "这份报送已接收，不待核实，也不缺行，不必确认"
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
