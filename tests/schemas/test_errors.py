"""What the log tells of a failure: words where the machine or a person is to blame, frames where the program is."""

import logging

import pytest

from schemas.errors import XiangcangError, log_failure

FULL = OSError(28, "No space left on device", "pages/质量.html")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (FULL, "the page was not written: OSError: [Errno 28] No space left on device: 'pages/质量.html'"),
        (XiangcangError("封记不符"), "the page was not written: XiangcangError: 封记不符"),
    ],
)
def test_what_a_person_can_mend_is_told_in_a_line(
    error: Exception, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    log_failure(logging.getLogger("xiangcang"), "the page was not written", error)
    (record,) = caplog.records
    assert (record.getMessage(), record.exc_info) == (line, None)


def test_a_fault_of_the_program_is_told_with_its_frames(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("absent")
    except KeyError as error:
        log_failure(logging.getLogger("xiangcang"), "the page was not written", error)
    assert "Traceback" in caplog.text
    assert "test_errors.py" in caplog.text
