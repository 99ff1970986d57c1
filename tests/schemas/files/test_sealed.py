"""A seal on a kept record: any changed bit is seen, and a record of before there were seals is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.files.sealed import BrokenSeal, seal, unseal

RECORD = json.dumps({"delivery_id": "20230101-ab-1", "rows": 5}, indent=1).encode()


def test_a_sealed_record_is_json_and_comes_back_as_it_was() -> None:
    assert json.loads(seal(RECORD)).items() >= json.loads(RECORD).items()
    assert json.loads(unseal(seal(RECORD))) == json.loads(RECORD)


@given(st.integers(0, len(seal(RECORD)) * 8 - 1))
def test_a_flipped_bit_is_seen(place: int) -> None:
    changed = bytearray(seal(RECORD))
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises(BrokenSeal):
        unseal(bytes(changed))


def test_a_record_without_a_seal_is_given_as_it_is() -> None:
    assert unseal(RECORD) == RECORD


def test_another_value_in_a_sealed_record_is_refused() -> None:
    with pytest.raises(BrokenSeal):
        unseal(seal(RECORD).replace(b"5", b"6"))
