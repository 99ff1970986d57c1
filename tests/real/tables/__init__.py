"""The tables that the public files are read into."""

import pandera.polars as pa

from tests.real.tables import income, land, livestock, loan, people

STATISTICS: dict[str, type[pa.DataFrameModel]] = {
    "grassroots": people.Grassroots,
    "grassroots_more": people.GrassrootsMore,
    "labour_transfer": people.LabourTransfer,
    "cropland": land.Cropland,
    "farm_inputs": land.FarmInputs,
    "autumn_grain": land.AutumnGrain,
    "herbs": land.Herbs,
    "forest_products": land.ForestProducts,
    "livestock": livestock.Livestock,
    "other_livestock": livestock.OtherLivestock,
    "large_farms": livestock.LargeFarms,
    "city_income": income.CityIncome,
    "urban_income": income.UrbanIncome,
    "rural_income": income.RuralIncome,
    "retail_sales": income.RetailSales,
    "household_survey": income.HouseholdSurvey,
}

LOANS: dict[str, type[pa.DataFrameModel]] = {"loan": loan.Loan, "account": loan.Account}
