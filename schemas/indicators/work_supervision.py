"""督查指导与工作通报: the number of each, and the share of the problems found by supervision that are put right."""

from schemas.indicator import Indicator, Kind, Term

_SUPERVISED = "kind = '督查指导'"


def _indicator(
    code: str,
    name: str,
    name_en: str,
    unit: str,
    kind: Kind,
    definition: str,
    value: Term,
    denominator: Term | None = None,
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=definition,
        source="督查指导与工作通报台账表式说明",
        form="督查指导与工作通报台账",
        unit=unit,
        kind=kind,
        value=value,
        denominator=denominator,
        periods=("year", "quarter"),
    )


def _sum(column: str) -> Term:
    return Term("fact_work_supervision", "sum", column, where=_SUPERVISED, over_time="sum")


def _count(where: str) -> Term:
    return Term("fact_work_supervision", "count", "item_number", where=where, over_time="sum")


INDICATORS = [
    _indicator(
        "supervision_count", "督查指导", "supervisions", "次", "flow",
        "期内开展的督查指导，一个编号计一次", _count(_SUPERVISED),
    ),
    _indicator(
        "work_circular_count", "工作通报", "work circulars", "份", "flow",
        "期内印发的工作通报，含通报全区的", _count("kind = '工作通报'"),
    ),
    _indicator(
        "supervision_rectification_rate", "督查问题整改率", "share of problems found that are put right", "%", "ratio",
        "期内督查指导发现的问题中季末已整改的比重；工作通报指出的问题不计",
        _sum("problems_rectified"), _sum("problems_found"),
    ),
]  # fmt: skip
