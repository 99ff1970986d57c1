"""Why a delivery of each kind of form is held, and the reply to its sender."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.field import columns
from sources.holding.judge import Judge
from sources.holding.states import Judgement, delivery_states
from sources.home.folders import Home
from tests.district import STOCK, prepare
from tests.sources.holding.deliveries import REFERENCES, Deliveries, Row
from tests.sources.holding.receipts import FIRST_DAY

AGRI, LEDGER = "agri_processing.quarter", "loan_note.rcb_ledger"


@pytest.fixture
def deliveries(tmp_path: Path) -> Deliveries:
    home = Home(tmp_path)
    prepare(home)
    return Deliveries(home)


def enterprises(count: int, times: int = 1, first: int = 0) -> list[Row]:
    return [
        {
            "credit_code": f"E{first + n:02}",
            "sales_revenue_ytd_yuan": Decimal(1_000 * (n + 1) * times),
            "output_value_ytd_yuan": Decimal(900 * (n + 1) * times),
        }
        for n in range(count)
    ]


def notes(count: int, balance: int = 100, due: date = date(2025, 1, 1)) -> list[Row]:
    return [
        {"note_number": f"N{n:03}", "balance_yuan": Decimal(balance), "due_date": due} for n in range(count)
    ]


def test_corrected_rows_alone_do_not_replace_the_whole_form(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(12), period="2022-Q2")
    part = deliveries.add(AGRI, enterprises(2), period="2022-Q2")
    held = deliveries.judgement(part)
    assert list(held.holds) == ["vanished"]
    assert held.holds["vanished"] == (
        "现行报送有 12 行，这份缺其中 10 行（E02、E03、E04、E05、E06等）；"
        "请报送全表；确已不在的，请数据管理员核实后确认（xiangcang confirm）"
    )


def test_the_corrected_row_alone_does_not_answer_a_rejected_form(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, [], period="2022-Q2", outcome="rejected", rejected=enterprises(7))
    part = deliveries.add(AGRI, enterprises(1), period="2022-Q2")
    assert "此前退回的报送有 7 行，这份缺其中 6 行" in deliveries.judgement(part).holds["vanished"]


def test_rows_that_were_rejected_are_not_lacking(deliveries: Deliveries) -> None:
    deliveries.add(LEDGER, notes(20), period="2022-05-31", reporter="rcb_yungang")
    again = deliveries.add(
        LEDGER, notes(17), period="2022-05-31", reporter="rcb_yungang", rejected=notes(20)[17:]
    )
    next_month = deliveries.add(
        LEDGER, notes(14), period="2022-06-30", reporter="rcb_yungang", rejected=notes(16)[14:]
    )
    assert deliveries.judgement(again).holds == {}
    assert deliveries.judgement(next_month) == Judgement(frame_rows=17, lacking_rows=1)


def test_the_whole_form_with_the_row_corrected_counts(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, [], period="2022-Q2", outcome="rejected", rejected=enterprises(7))
    whole = deliveries.add(AGRI, enterprises(7), period="2022-Q2")
    assert deliveries.judgement(whole).holds == {}
    assert [r.delivery_id for r in deliveries.states().counting] == [whole.delivery_id]


def test_corrected_keys_are_not_vanished(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(4), period="2022-Q2")
    corrected = [row | {"credit_code": f"NEW{n}"} for n, row in enumerate(enterprises(4))]
    assert deliveries.judgement(deliveries.add(AGRI, corrected, period="2022-Q2")).holds == {}


def test_a_register_is_held_against_the_period_before(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(10), period="2022-Q1")
    some = deliveries.add(AGRI, enterprises(8), period="2022-Q2")
    few = deliveries.add(AGRI, enterprises(5), period="2022-Q3")
    assert deliveries.judgement(some) == Judgement(frame_rows=10, lacking_rows=2)
    held = deliveries.judgement(few)
    assert (list(held.holds), held.frame_rows, held.lacking_rows) == (["frame"], 8, 3)


def test_a_register_without_the_period_before_has_no_frame(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(10), period="2022-Q1")
    assert deliveries.judgement(deliveries.add(AGRI, enterprises(2), period="2022-Q3")) == Judgement()


def test_a_list_has_every_village_of_the_township(deliveries: Deliveries) -> None:
    on = date(2022, 6, 30)
    within = REFERENCES.division_of("gaoshan", on)
    villages = [p.code for p in REFERENCES.places.inside("village", within, on)]
    rows = [{"village_code": code} for code in villages]
    form = "living_environment.month"
    whole = deliveries.add(form, rows, period="2022-05", reporter="gaoshan")
    but_one = deliveries.add(form, rows[1:], period="2022-06", reporter="gaoshan")
    half = deliveries.add(form, rows[::2], period="2022-07", reporter="gaoshan")
    count = len(villages)
    assert deliveries.judgement(whole) == Judgement(frame_rows=count, lacking_rows=0)
    assert deliveries.judgement(but_one) == Judgement(frame_rows=count, lacking_rows=1)
    assert f"应有 {count} 行，这份缺其中 {count // 2} 行" in deliveries.judgement(half).holds["frame"]


def test_a_ledger_has_the_notes_that_had_a_balance_and_are_not_due(deliveries: Deliveries) -> None:
    paid, due = notes(40, balance=0), notes(70, due=date(2022, 6, 15))[40:]
    before = [*paid, *due, *notes(100)[70:]]
    deliveries.add(LEDGER, before, period="2022-05-31", reporter="rcb_yungang")
    sound = deliveries.add(LEDGER, notes(100)[70:], period="2022-06-30", reporter="rcb_yungang")
    cut = deliveries.add(LEDGER, notes(100)[85:], period="2022-07-31", reporter="rcb_yungang")
    assert deliveries.judgement(sound) == Judgement(frame_rows=30, lacking_rows=0)
    assert "应有 30 行，这份缺其中 15 行" in deliveries.judgement(cut).holds["frame"]


def test_notes_that_the_flow_says_are_paid_back_or_reversed_are_not_lacking(deliveries: Deliveries) -> None:
    def recovered(number: int, yuan: int, ended: date | None = None, kind: str = "收回") -> Row:
        return {
            "transaction_serial": f"S{number}", "note_number": f"N{number:03}", "transaction_type": kind,
            "transaction_amount_yuan": Decimal(yuan), "actual_end_date": ended,
        }  # fmt: skip

    bank = "psbc_yungang"
    deliveries.add("loan_note.pboc_stock", notes(30), period="2022-05-31", reporter=bank)
    flow = [
        recovered(0, 100), recovered(1, 40, date(2022, 6, 9)), recovered(2, 40), recovered(3, 100, kind="冲销发放")
    ]  # fmt: skip
    deliveries.add("loan_transaction.pboc_flow", flow, period="2022-06-30", reporter=bank)
    after = deliveries.add("loan_note.pboc_stock", notes(30)[4:], period="2022-06-30", reporter=bank)
    assert deliveries.judgement(after) == Judgement(frame_rows=27, lacking_rows=1)


def test_open_issues_are_carried_over(deliveries: Deliveries) -> None:
    issues = [
        {"ticket_number": f"T{n}", "closed_date": None if n < 4 else date(2022, 5, 9)} for n in range(20)
    ]
    form = "grid_issue.ledger"
    deliveries.add(form, issues, period="2022-05", reporter="social_work")
    new = [{"ticket_number": f"U{n}"} for n in range(9)]
    sound = deliveries.add(form, [*issues[:4], *new], period="2022-06", reporter="social_work")
    cut = deliveries.add(form, new[:4], period="2022-07", reporter="social_work")
    assert deliveries.judgement(sound) == Judgement(frame_rows=4, lacking_rows=0)
    assert "应有 13 行，这份缺其中 9 行" in deliveries.judgement(cut).holds["frame"]


def test_a_form_is_held_against_the_keys_of_another(deliveries: Deliveries) -> None:
    grids = [{"grid_code": f"G{n}", "place_code": f"V{n}"} for n in range(10)]
    people = [{"grid_code": f"G{n}", "person_key": f"p{n}", "role": "网格员"} for n in range(10)]
    deliveries.add("grid.register", grids, period="2022")
    deliveries.receipts[0] = deliveries.receipts[0].model_copy(
        update={"contract": "given up"}
    )  # so it is not judged
    sound = deliveries.add("grid_person.roster", people, period="2022")
    assert deliveries.judgement(sound) == Judgement(frame_rows=10, lacking_rows=0)
    cut = deliveries.add("grid_person.roster", people[:5], period="2022")
    assert {"vanished", "frame"} == deliveries.judgement(cut).holds.keys()
    assert "（" not in deliveries.judgement(cut).holds["vanished"].split("；")[0]  # persons are not listed


def test_a_form_in_another_unit_is_held_against_last_year(deliveries: Deliveries) -> None:
    units = ["sales_revenue_ytd_yuan", "output_value_ytd_yuan"]
    deliveries.add(AGRI, enterprises(5), period="2021-Q2", units=units)
    slip = deliveries.add(AGRI, enterprises(5, times=10_000), period="2022-Q2", units=units)
    assert "以元计的各栏约为 2021-Q2 的10,000 倍" in deliveries.judgement(slip).holds["unit"]


def test_the_correction_of_a_slip_is_not_held_against_the_slip(deliveries: Deliveries) -> None:
    units = ["sales_revenue_ytd_yuan", "output_value_ytd_yuan"]
    deliveries.add(AGRI, enterprises(5, times=10_000), period="2022-Q2", units=units)
    assert (
        deliveries.judgement(deliveries.add(AGRI, enterprises(5), period="2022-Q2", units=units)).holds == {}
    )


def test_a_ledger_of_which_most_rows_were_rejected_is_held(deliveries: Deliveries) -> None:
    first = deliveries.add(
        LEDGER, notes(60), period="2022-05-31", reporter="rcb_yungang", rejected=notes(100)[60:]
    )
    again = deliveries.add(
        LEDGER, notes(70), period="2022-05-31", reporter="rcb_yungang", rejected=notes(100)[70:]
    )
    other = deliveries.add(
        LEDGER, notes(4), period="2021-05-31", reporter="rcb_yungang", rejected=notes(10)[4:]
    )
    assert deliveries.judgement(first).holds == {}
    assert "100 行只接收了 70 行，不足 80%" in deliveries.judgement(again).holds["mostly_rejected"]
    assert "10 行只接收了 4 行，不足 50%" in deliveries.judgement(other).holds["mostly_rejected"]


def test_a_period_that_has_not_begun_is_held_and_one_that_has_is_not(deliveries: Deliveries) -> None:
    begun = deliveries.add(AGRI, enterprises(3), period="2022-Q3")
    coming = deliveries.add(AGRI, enterprises(3), period="2032-Q4")
    assert deliveries.judgement(begun).holds == {}
    assert (
        "报告期 2032-Q4 在收到之日（2022-08-11）尚未开始"
        in deliveries.judgement(coming).holds["future_period"]
    )


def test_rows_that_another_township_reports_too_are_held(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(3), period="2022-Q2", reporter="gaoshan")
    apart = deliveries.add(AGRI, enterprises(3, first=50), period="2022-Q2", reporter="kouquan")
    twice = deliveries.add(
        AGRI, [*enterprises(1), *enterprises(3, first=60)], period="2022-Q2", reporter="xihanling"
    )
    assert deliveries.judgement(apart).holds == {}
    assert "有 1 行与“gaoshan/d0.xlsx”（2022-Q2）重复（E00）" in deliveries.judgement(twice).holds["conflict"]


def test_flows_that_overlap_are_held(deliveries: Deliveries) -> None:
    flows = [{"transaction_serial": f"S{n}", "note_number": f"N{n}"} for n in range(6)]
    form = "loan_transaction.pboc_flow"
    deliveries.add(form, flows[:4], period="2022-05-31", reporter="psbc_yungang")
    overlapping = deliveries.add(form, flows[3:], period="2022-06-30", reporter="psbc_yungang")
    assert "有 1 行与" in deliveries.judgement(overlapping).holds["conflict"]


def test_the_same_comparison_is_made_once(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(12), period="2022-Q2")
    deliveries.add(AGRI, enterprises(2), period="2022-Q2")
    judge = Judge(deliveries.home, REFERENCES)
    later = FIRST_DAY + timedelta(days=999)
    first = delivery_states(deliveries.receipts, [], judge, later)
    for path in deliveries.home.root.glob("*.parquet"):
        path.unlink()
    assert delivery_states(deliveries.receipts, [], judge, later) == first


def test_every_contract_says_what_its_rows_are_held_against() -> None:
    assert [path.name for path in STOCK.glob("*.*.toml") if "\nframe = " not in path.read_text("utf-8")] == []


@pytest.mark.parametrize("name", sorted(REFERENCES.contracts))
def test_the_frame_of_every_contract_names_what_its_table_has(name: str) -> None:
    contract = REFERENCES.contracts[name]
    kind, _, of = contract.frame.partition(":")
    fields = {column.name: column for column in columns(REFERENCES.tables[contract.table])}
    match kind:
        case "list":
            assert fields[of].place in ("village", "any")
        case "open":
            assert fields[of].nullable
        case "form":
            assert {c.name for c in columns(REFERENCES.tables[of]) if c.key} & {
                c.name for c in fields.values() if c.key
            }
        case "stock":
            assert {"balance_yuan", "due_date"} <= fields.keys()
        case _:
            assert of == ""


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"last": "2022-Q1"}, ["outside_form"]),
        ({"last": "2022-Q2"}, []),
        ({"first": "2022-Q1", "cadence": "once"}, ["outside_form"]),
        ({"first": "2022-Q2", "cadence": "once"}, []),
    ],
    ids=["closed", "the last", "another than the only one", "the only one"],
)
def test_a_delivery_of_a_period_in_which_its_form_is_not_reported_waits(
    deliveries: Deliveries, terms: dict[str, str], why: list[str]
) -> None:
    sent = deliveries.add(AGRI, enterprises(3), period="2022-Q2")
    contract = REFERENCES.contracts[AGRI].model_copy(update=terms)
    references = replace(REFERENCES, contracts=REFERENCES.contracts | {AGRI: contract})

    judgement = Judge(deliveries.home, references)(sent, deliveries.states())
    assert list(judgement.holds) == why
