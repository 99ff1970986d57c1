"""网格员、楼长、单元长: persons in each role, counted once however many grids they serve on."""

from schemas.indicator import Indicator, Term


def _persons(code: str, name: str, name_en: str, where: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"年末在册的{subject}，一人计一次；兼有两种职责的，在两个指标中各计一次",
        source="网格员、楼长、单元长花名册表式说明",
        form="网格员、楼长、单元长花名册",
        unit="名",
        kind="stock",
        value=Term("fact_grid_person", "count_distinct", "person_key", where=where),
    )


INDICATORS = [
    _persons("grid_worker_count", "网格员", "grid workers", "role = '网格员'", "专职、兼职网格员"),
    _persons(
        "full_time_grid_worker_count", "专职网格员", "full-time grid workers",
        "role = '网格员' and employment = '专职'", "专职网格员",
    ),
    _persons("building_leader_count", "楼长", "building leaders", "role = '楼长'", "楼长（片长）"),
    _persons("unit_leader_count", "单元长", "unit leaders", "role = '单元长'", "单元长"),
]  # fmt: skip
