"""What the sample's figures come out as; the default is what the 2022 bulletin prints."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from sources.sample.district import all_villages


@dataclass(frozen=True)
class Targets:
    """Figures that the deliveries in force must add up to, exactly.

    Loans are new disbursements to 农户 by 大同农商行云冈支行 from 2021-01-01 to 2022-12-31. Raises
    ValueError where no district could have such figures.
    """

    sales_revenue_2022_yuan: Decimal = Decimal(1_195_000_000)
    output_value_2022_yuan: Decimal = Decimal(989_000_000)
    farmer_loan_amount_yuan: Decimal = Decimal(6_258_000)
    farmer_loan_households: int = 93
    villages_with_bus: int = 94
    villages_with_waste_collection: int = 94
    villages_with_daily_clearance: int = 94
    tourism_visits_2022: int = 162_000
    tourism_revenue_2022_yuan: Decimal = Decimal(8_350_000)

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
        if self.tourism_visits_2022 < 0:
            raise ValueError(f"目标 tourism_visits_2022 应不小于零：{self.tourism_visits_2022}")
        if (self.farmer_loan_amount_yuan == 0) != (self.farmer_loan_households == 0):
            raise ValueError("贷款金额与户数应同时为零，或同时大于零")
        if self.farmer_loan_amount_yuan < 1000 * self.farmer_loan_households:
            raise ValueError("户均贷款不足 1000 元，无法分到每张借据")

    def as_text(self) -> dict[str, str]:
        """Each target as exact text, for the files that record it."""
        return {name: f"{value}" for name, value in asdict(self).items()}
