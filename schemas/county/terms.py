"""What a county says of itself, its `county.toml`, that tables, indicators and reports depend on."""

from datetime import date
from pathlib import Path

from pydantic import Field, model_validator

from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile

COUNTY = "county.toml"
"""In a county's folder."""


class CountyTerms(Strict):
    """One county.

    code: the six digits that its division codes begin with. name: as its reports call it. loans_since: the day from
    which disbursement of loans is cumulated. lists: the dates of the division lists that figures are counted on, by
    year. classification_list: the year of the list that its villages were classified on. headlines: the indicators that
    the summary of a load lists. cards: those that the bulletin begins with, most important first.
    """

    code: str = Field(pattern=r"^\d{6}$", examples=["110101"], description="六位区县代码")
    name: str = Field(min_length=2, description="公报里怎么称呼")
    loans_since: date = Field(description="累计发放额与户数的起始日，某月一日")
    lists: dict[str, date] = Field(min_length=1, description="统计口径所依的区划名录日期，按年")
    classification_list: str | None = Field(
        default=None, description="村庄分类所依的是哪一年的名录；不写则取最近一期"
    )
    headlines: list[str] = Field(default=[], description="每次加载结束时所列的指标")
    cards: list[str] = Field(
        default=[],
        description="公报开头的指标，重要的在前；不写则同 headlines，也没有的用程序的",
    )

    @model_validator(mode="after")
    def _check_lists(self) -> "CountyTerms":
        if wrong := [year for year, day in self.lists.items() if year != str(day.year)]:
            raise ValueError(f"[lists] 的 {wrong[0]} 应为该年的日期，如 {wrong[0]} = {wrong[0]}-10-31")
        if self.classification_list and self.classification_list not in self.lists:
            raise ValueError(f"classification_list 应为 [lists] 中的一年：{'、'.join(self.lists)}")
        if self.loans_since.day != 1:
            raise ValueError("loans_since 应为某月的第一天，如 2021-01-01")
        return self

    @property
    def latest_list(self) -> date:
        """The date of the last list."""
        return max(self.lists.values())


def county_file(folder: Path) -> TomlFile:
    """Return the `county.toml` of a folder, by which its faults are named."""
    return TomlFile(folder / COUNTY, "区县资料")


def read_county_terms(folder: Path) -> CountyTerms:
    """Read the `county.toml` of a folder. Raises SettingsRefused."""
    return county_file(folder).make(CountyTerms)
