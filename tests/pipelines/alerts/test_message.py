"""What an alert says of a load, and which loads there is one about."""

from datetime import timedelta

import pytest

from pipelines.alerts.message import Message, is_due, message_of, silence_message
from pipelines.state.load_record import LoadRecord
from tests.pipelines.load_records import AT_NIGHT, OUTPUT_RATIO, RUN_ID, clean, with_failing

BROKEN_KEY = OUTPUT_RATIO.model_copy(
    update={"title": "主键不应重复", "severity": "error", "blocking": True, "failed_rows": 2}
)
ONE_REJECTED = {"accepted": 3, "rejected": 1, "duplicate": 0}


def compose(record: LoadRecord) -> Message:
    return message_of(record, pages="http://pages.example/", ui="http://ui.example")


@pytest.mark.parametrize(
    "record",
    [
        clean(state="failed", error="x"),
        with_failing(BROKEN_KEY, state="blocked", error="x"),
        with_failing(OUTPUT_RATIO),
        with_failing(OUTPUT_RATIO, state="unchanged", published=False),
        clean(deliveries=ONE_REJECTED),
        clean(state="received", deliveries=ONE_REJECTED),
        clean(state="failed", job="receive", error="x"),
    ],
)
def test_a_load_that_someone_must_know_of(record: LoadRecord) -> None:
    assert is_due(record)


@pytest.mark.parametrize(
    "record",
    [
        clean(),
        clean(state="unchanged", published=False),
        clean(open_rejected_deliveries=4),
        with_failing(OUTPUT_RATIO, state="received"),
    ],
)
def test_a_load_that_nobody_must_know_of(record: LoadRecord) -> None:
    assert not is_due(record)


def test_it_says_what_failed_and_leads_to_the_run_and_the_quality_page() -> None:
    record = with_failing(
        BROKEN_KEY,
        OUTPUT_RATIO,
        state="blocked",
        error="x",
        deliveries=ONE_REJECTED,
        open_rejected_deliveries=4,
    )

    assert compose(record) == Message(
        title="乡仓：检查未通过，没有发布",
        body=f"""现行版本：v000007
报送：新退回 1 份，尚待重报共 4 份
检查：未通过 1 项，提醒 1 项
· 阻断发布 主键不应重复：2 行
· 提醒 销售收入与产值之比应在三倍以内：7 行
运行：http://ui.example/runs/{RUN_ID}
质量：http://pages.example/%E8%B4%A8%E9%87%8F.html""",
    )


def test_a_load_that_did_not_get_to_receiving_and_never_published() -> None:
    record = clean(state="failed", error="x", version=None, deliveries={}, open_rejected_deliveries=None)

    assert compose(record).body.splitlines()[:2] == ["现行版本：尚无", "报送：收件没有完成"]


def test_the_sample_says_that_it_is_one() -> None:
    assert compose(clean(synthetic=True)).title == "乡仓：已发布新版本（合成示例数据）"


def test_five_checks_are_named_and_the_others_counted() -> None:
    lines = compose(with_failing(*[OUTPUT_RATIO] * 8)).body.splitlines()

    assert len([line for line in lines if OUTPUT_RATIO.title in line]) == 5
    assert "· 另有 3 项" in lines


def test_the_longest_message_fits_what_wecom_takes() -> None:
    long = OUTPUT_RATIO.model_copy(update={"title": "长" * 500, "failed_rows": 10**9, "blocking": True})
    message = compose(with_failing(*[long] * 1300, state="blocked", error="x", synthetic=True))

    assert len(f"{message.title}\r\n{message.body}".encode()) < 2048


def test_the_words_of_an_error_are_not_sent() -> None:
    """They may quote the name of a file, or a cell."""
    message = compose(clean(state="failed", error="甄隐士13900001111.xlsx B7"))

    assert "甄隐士" not in message.title + message.body


def test_silence_says_since_when() -> None:
    now = AT_NIGHT + timedelta(hours=27)

    message = silence_message(AT_NIGHT, AT_NIGHT, now, pages="http://p.example", ui="http://u.example")
    assert message.title == "乡仓：已 27 小时没有成功的加载"
    assert message.body.startswith("上一次成功：2023-01-20 01:31\n")
    never = silence_message(None, AT_NIGHT, now, pages="http://p.example", ui="http://u.example")
    assert never.body.startswith("上一次成功：从未\n")
