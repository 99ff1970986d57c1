"""The reference of a contract's keys in the documents is what the program's models say."""

from sources.county.contract_reference import contract_reference
from tests import ROOT


def test_the_document_is_what_the_models_say() -> None:
    assert (ROOT / "docs" / "contracts.md").read_text("utf-8") == contract_reference()
