"""Records of 村庄分类布局表, from the natural resources bureau: villages of the 2020 list by class, as targeted."""

from collections.abc import Iterator
from datetime import date

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import villages_on
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.village_class import VILLAGE_CLASSES

CLASSIFIED_ON = date(2020, 6, 30)
_BASIS = CLASSIFIED_ON.isoformat()
_AS_PRINTED = {"其他类": "其它类"}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield the classification as it stands at the end of 2022."""
    yield Sending("village_class.register", "natural_resources", "2022", _classify(seed, targets))


def _classify(seed: int, targets: Targets) -> list[Record]:
    """Make lines of listed villages, then of unlisted ones: their names show it, their township is None."""
    classes, listed = _list_classes(targets), villages_on(_BASIS)
    class_of = dict(zip(_shuffle_villages(seed), classes, strict=False))
    unlisted = range(len(listed), len(classes))
    return [
        *(_make_line(v.name, v.township, v.name, class_of[v.code]) for v in listed if v.code in class_of),
        *(_make_line(f"合成第{number + 1}村", None, None, classes[number]) for number in unlisted),
    ]


def _list_classes(targets: Targets) -> list[str]:
    """List one class a village: 搬迁撤并类 first, and 其他类, which says least of a village, last."""
    counts = {
        "搬迁撤并类": targets.villages_relocation,
        "集聚提升类": targets.villages_agglomeration,
        "城郊融合类": targets.villages_suburban,
        "特色保护类": targets.villages_protection,
        "其他类": targets.villages_other_class,
    }
    assert counts.keys() == set(VILLAGE_CLASSES)
    return [name for name, count in counts.items() for _ in range(count)]


def _shuffle_villages(seed: int) -> list[str]:
    """Shuffle the villages' codes so that villages which have left the list since mostly come early."""
    rng = stream(seed, "village class")
    shuffled = sorted(villages_on(_BASIS), key=lambda village: rng.random() - 0.45 * village.has_left)
    return [village.code for village in shuffled]


def _make_line(name: str, township: str | None, listed_name: str | None, village_class: str) -> Record:
    return {
        "township_code": township,
        "village_name": name,
        "village_code": listed_name,
        "village_class": _AS_PRINTED.get(village_class, village_class),
        "basis_date": CLASSIFIED_ON,
    }
