"""A county's own form as it is written in TOML: the keys of `[form]`, `[fields]`, `[[rules]]` and `[[indicators]]`.

Keep out: how the form arrives, which is its contract's; the tables that follow, see `schemas.county.own_tables`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, model_validator

from schemas.field import Blank, Pii, Place
from schemas.files.strict import Strict
from schemas.indicator import Aggregate, Grain, Kind, OverTime

FieldType = Literal["text", "code", "count", "number", "yuan", "pct", "yes_no", "date"]
NUMBERS: tuple[FieldType, ...] = ("count", "number", "yuan", "pct")

FIELD_NAME = r"^[a-z][a-z0-9_]*$"


class FormTerms(Strict):
    """What a row of the form is.

    title: of its table; the first of the contract's where none is given. grain: what a row is. chapter: of the bulletin
    that its indicators stand in. place: the fields that say where a row lies, tried in order, or `reporter`; the first
    field with a place where none is given, else the reporter.
    """

    title: str | None = Field(default=None, description="表的中文名；不写则取 title 的第一个")
    grain: str | None = Field(default=None, description="一行是什么")
    chapter: str = Field(default="乡村建设", description="它的指标在公报的哪一章")
    place: list[str] = Field(
        default=[], description="行落在哪里：依次看哪些字段，或 `reporter`；不写则取第一个有 place 的字段"
    )


class FieldLimits(Strict):
    """What a value of a field may be. least, most: of numbers and dates. allowed: the values of a closed list."""

    least: int | float | date | None = Field(default=None, description="不应小于")
    most: int | float | date | None = Field(default=None, description="不应大于")
    allowed: list[str] = Field(default=[], description="只能是这些取值")

    @property
    def checks(self) -> dict[str, Any]:
        """The same as pandera's checks."""
        limits = {"ge": self.least, "le": self.most, "isin": self.allowed or None}
        return {name: limit for name, limit in limits.items() if limit is not None}


class FieldTerms(FieldLimits):
    """A field of the form, in the order of the table.

    title: its Chinese name. type: what its cells hold: `text`; `code`, a text that identifies; `count`, a whole number;
    `number` with four decimals; `yuan`; `pct`, 0 to 100; `yes_no`; `date`. unit: of measure, in which it is kept. key:
    part of what tells rows apart. place: the level at which the text is looked up in the division list. blank: what a
    blank cell says; without it the cell must be filled. watch: the factors at which a wrong unit is suspected. pii: a
    number of a person, of which only a keyed hash is kept.
    """

    title: str = Field(min_length=1, description="字段的中文名")
    type: FieldType = Field(
        description=(
            "`text` 文字，`code` 编号，`count` 整数，`number` 小数，`yuan` 金额，`pct` 百分数，"
            "`yes_no` 是否，`date` 日期"
        )
    )
    description: str | None = Field(default=None, description="字段的说明；不写则同 title")
    unit: str | None = Field(default=None, description="入库的计量单位")
    key: StrictBool = Field(default=False, description="是否主键的一部分；都不写的表以行的位置为主键")
    place: Place | None = Field(default=None, description="地名按哪一级查区划名录")
    blank: Blank | None = Field(
        default=None,
        description=("可以不填，空白表示：`none` 没有，`missing` 不详，`not_applicable` 不适用；不写则必填"),
    )
    watch: list[int] = Field(
        default=[], description="疑为单位有误的倍数，如 [10, 1000]；写了就与历史和同类比"
    )
    pii: Pii | None = Field(default=None, description="个人的号码，只存加密的散列")

    @model_validator(mode="after")
    def _check_type(self) -> "FieldTerms":
        if self.place and self.type != "text":
            raise ValueError("有 place 的字段，type 应为 text")
        if self.type not in (*NUMBERS, "date") and (self.least is not None or self.most is not None):
            raise ValueError("least、most 只用于数和日期")
        if self.watch and self.type not in NUMBERS:
            raise ValueError("watch 只用于数")
        if self.pii and self.type not in ("text", "code"):
            raise ValueError("有 pii 的字段，type 应为 text 或 code")
        return self


class RuleTerms(Strict):
    """A relation between numbers of a row, as forms print it: `12=13+14`, of printed codes or names of fields."""

    rule: str = Field(min_length=3, examples=["12=13+14"], description="平衡关系，用表头里的编号或字段名")
    title: str | None = Field(default=None, description="规则的中文；不写则由字段名写出")
    severity: Literal["reject", "flag"] = Field(
        default="reject", description="`reject` 不合的行退回，`flag` 存疑照收"
    )


class ValueTerms(Strict):
    """What an indicator adds up: an aggregate of a field, of the rows for which `where` (SQL) holds."""

    aggregate: Aggregate = Field(description="`sum` 相加，`count` 行数，`count_distinct` 不同值数")
    field: str = Field(pattern=FIELD_NAME, examples=["houses"], description="哪个字段")
    where: str = Field(default="true", description="只计哪些行，SQL 条件")
    weight: str | None = Field(default=None, description="相加时乘以哪个字段")


class IndicatorTerms(Strict):
    """An indicator of the form; kinds, over_time and periods are those of stock indicators."""

    code: str = Field(pattern=FIELD_NAME, examples=["rural_house_count"], description="指标代码")
    name: str = Field(min_length=1, description="指标名称")
    name_en: str = Field(min_length=1, description="英文名称")
    unit: str = Field(min_length=1, description="计量单位")
    kind: Kind = Field(description="`stock` 时点，`flow` 时期，`ratio` 比，`growth` 增长，`definition` 界定")
    definition: str = Field(min_length=1, description="计什么、不计什么")
    value: ValueTerms = Field(description="怎么算")
    denominator: ValueTerms | None = Field(default=None, description="比的分母")
    over_time: OverTime | None = Field(
        default=None, description="`sum` 各期相加，`latest` 取最后一期，`to_date` 自起始日累计；不写则随 kind"
    )
    periods: list[Grain] = Field(default=[], description="算哪些期：`year`、`quarter`、`month`；不写则随报送")


class OwnForm(Strict):
    """What a county's own form is; its contract stands in the same file."""

    form: FormTerms = Field(default=FormTerms(), description="表是什么")
    fields: dict[Annotated[str, Field(pattern=FIELD_NAME)], FieldTerms] = Field(
        min_length=1, description="各字段，按表的次序"
    )
    rules: list[RuleTerms] = Field(default=[], description="平衡关系")
    indicators: list[IndicatorTerms] = Field(default=[], description="由它算出的指标")


OWN_FORM = tuple(OwnForm.model_fields)
"""The keys of a file that are not its contract's."""
