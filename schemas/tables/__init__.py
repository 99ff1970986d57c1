"""The tables, by their name in the warehouse or in staging."""

import pandera.polars as pa

from schemas.tables import dimension, fact, mart, quality, source
from schemas.tables.agri_processing import StagedAgriProcessing
from schemas.tables.loan import StagedLoanNote, StagedLoanTransaction
from schemas.tables.village_profile import StagedVillageProfile

STAGED: dict[str, type[pa.DataFrameModel]] = {
    "village_profile": StagedVillageProfile,
    "agri_processing": StagedAgriProcessing,
    "loan_note": StagedLoanNote,
    "loan_transaction": StagedLoanTransaction,
}

SOURCE: dict[str, type[pa.DataFrameModel]] = {
    "ref_division": source.RefDivision,
    "ref_division_alias": source.RefDivisionAlias,
    "ref_division_crosswalk": source.RefDivisionCrosswalk,
    "ref_reporter": source.RefReporter,
    "source_delivery": source.SourceDelivery,
    "source_rejected_row": source.SourceRejectedRow,
    "source_control_total": source.SourceControlTotal,
}
"""What the warehouse is given beside the staged rows."""

RECORDED: dict[str, type[pa.DataFrameModel]] = {
    "source_check_result": source.SourceCheckResult,
    "source_build_info": source.SourceBuildInfo,
}
"""What a build records of itself, for its own models to read."""

BUILT: dict[str, type[pa.DataFrameModel]] = {
    "dim_date": dimension.DimDate,
    "dim_division": dimension.DimDivision,
    "dim_division_alias": dimension.DimDivisionAlias,
    "dim_division_crosswalk": dimension.DimDivisionCrosswalk,
    "dim_reporter": dimension.DimReporter,
    "dim_enterprise": dimension.DimEnterprise,
    "dim_institution": dimension.DimInstitution,
    "dim_household": dimension.DimHousehold,
    "fact_agri_processing": fact.FactAgriProcessing,
    "fact_village_profile": fact.FactVillageProfile,
    "fact_loan_disbursement": fact.FactLoanDisbursement,
    "fact_loan_balance": fact.FactLoanBalance,
    "mart_agri_processing": mart.MartAgriProcessing,
    "mart_loan_disbursement": mart.MartLoanDisbursement,
    "mart_village_overview": mart.MartVillageOverview,
    "dq_delivery": quality.DqDelivery,
    "dq_rejected_row": quality.DqRejectedRow,
    "dq_control_total": quality.DqControlTotal,
    "dq_check_result": quality.DqCheckResult,
    "warehouse_info": quality.WarehouseInfo,
}
