"""Figures that the sample must come out as; the defaults are what the 2022 bulletin prints."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from sample.district.registers import all_villages


@dataclass(frozen=True)
class Targets:
    """Figures that the deliveries in force must add up to, exactly.

    Loans are new disbursements to 农户 by 大同农商行云冈支行 from 2021-01-01 to 2022-12-31; a target that
    names no year is of 2022. Raises ValueError where no district could have such figures.
    """

    weak_party_orgs: int = 12
    rectification_measures: int = 4
    rectified_party_orgs: int = 12
    dispatched_cadres: int = 19
    party_orgs: int = 246
    party_orgs_with_points_ledger: int = 246
    secretaries_to_5_stars: int = 173
    secretaries_of_6_to_7_stars: int = 72
    secretaries_of_8_stars: int = 1
    secretary_files: int = 246
    grids: int = 810
    grid_party_groups: int = 810
    grid_workers: int = 810
    building_leaders: int = 3542
    unit_leaders: int = 14414
    grid_issues_resolved: int = 5640
    member_points_stars: int = 5
    secretary_stars: int = 8
    grid_levels: int = 5
    leading_groups: int = 2
    policy_documents: int = 6

    sales_revenue_2022_yuan: Decimal = Decimal(1_195_000_000)
    output_value_2022_yuan: Decimal = Decimal(989_000_000)
    farmer_loan_amount_yuan: Decimal = Decimal(6_258_000)
    farmer_loan_households: int = 93
    villages_with_bus: int = 94
    villages_with_waste_collection: int = 94
    villages_with_daily_clearance: int = 94
    tourism_visits_2022: int = 162_000
    tourism_revenue_2022_yuan: Decimal = Decimal(8_350_000)
    pollution_free_products: int = 34
    green_food_products: int = 25
    organic_products: int = 1
    rapeseed_belt_sites: int = 3
    sorghum_belt_villages: int = 5
    beautiful_villages: int = 4
    villages_agglomeration: int = 28
    villages_suburban: int = 16
    villages_protection: int = 6
    villages_relocation: int = 63
    villages_other_class: int = 8
    waste_treated_pct: Decimal = Decimal("96.4")
    waste_chain_stages: int = 4
    sewage_project_villages: int = 27
    buses_in_operation: int = 367
    bus_companies: int = 3
    fiscal_funds_2022_yuan: Decimal = Decimal(73_000_000)
    fiscal_funds_2021_yuan: Decimal = Decimal(64_035_000)
    insurers: int = 3
    insured_sectors: int = 2
    credit_project_categories: int = 3
    income_components: int = 4
    credit_villages: int = 21

    def __post_init__(self) -> None:
        for name in (field.name for field in fields(self) if field.name.endswith("_yuan")):
            yuan = Decimal(getattr(self, name))
            if yuan < 0 or yuan != round(yuan, 2):
                raise ValueError(f"目标 {name} 应为不小于零、至多两位小数的金额：{yuan}")
            object.__setattr__(self, name, yuan)
        total = len(all_villages())
        for name in ("villages_with_bus", "villages_with_waste_collection", "villages_with_daily_clearance"):
            if not 0 <= getattr(self, name) <= total:
                raise ValueError(f"目标 {name} 应在 0 至 {total} 之间：{getattr(self, name)}")
        for name in (field.name for field in fields(self) if field.type is int):
            if getattr(self, name) < 0:
                raise ValueError(f"目标 {name} 应不小于零：{getattr(self, name)}")
        rated = self.secretaries_to_5_stars + self.secretaries_of_6_to_7_stars + self.secretaries_of_8_stars
        of_orgs = (
            self.party_orgs_with_points_ledger, self.secretary_files, rated, self.weak_party_orgs,
        )  # fmt: skip
        if max(of_orgs) > self.party_orgs:
            raise ValueError("积分台账、书记档案、评星的书记与软弱涣散党组织都不应多于党组织")
        if self.rectified_party_orgs > self.weak_party_orgs:
            raise ValueError("完成整顿的党组织不应多于软弱涣散党组织")
        if self.weak_party_orgs == 0 < self.dispatched_cadres:
            raise ValueError("没有软弱涣散党组织，就没有选派的干部")
        if (self.farmer_loan_amount_yuan == 0) != (self.farmer_loan_households == 0):
            raise ValueError("贷款金额与户数应同时为零，或同时大于零")
        if self.farmer_loan_amount_yuan < 1000 * self.farmer_loan_households:
            raise ValueError("户均贷款不足 1000 元，无法分到每张借据")

    def as_text(self) -> dict[str, str]:
        """Return each target as exact text, for the files that record it."""
        return {name: f"{value}" for name, value in asdict(self).items()}
