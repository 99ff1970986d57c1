"""The tables, by their name in the warehouse or in staging."""

import pandera.polars as pa

from schemas.tables.agri_processing import StagedAgriProcessing
from schemas.tables.loan import StagedLoanNote, StagedLoanTransaction
from schemas.tables.village_profile import StagedVillageProfile

STAGED: dict[str, type[pa.DataFrameModel]] = {
    "village_profile": StagedVillageProfile,
    "agri_processing": StagedAgriProcessing,
    "loan_note": StagedLoanNote,
    "loan_transaction": StagedLoanTransaction,
}
