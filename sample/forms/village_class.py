"""村庄分类布局表 of the natural resources bureau: the villages of the 2020 list, as many of each class as the targets say."""

from collections.abc import Iterator

from sample.chance import stream
from sample.district import villages_on
from sample.people import People
from sample.sent import Record, Sending
from sample.targets import Targets
from schemas.forms.village_class import CLASSIFICATION_BASIS_DATE, VILLAGE_CLASSES

_BASIS = CLASSIFICATION_BASIS_DATE.isoformat()
_AS_PRINTED = {"其他类": "其它类"}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """The classification as it stands at the end of 2022."""
    yield Sending("village_class.register", "natural_resources", "2022", _classified(seed, targets))


def _classified(seed: int, targets: Targets) -> list[Record]:
    """Villages of the list, then those that it does not have: their names say so, and no township is known."""
    classes, listed = _classes(targets), villages_on(_BASIS)
    class_of = dict(zip(_likely_to_relocate_first(seed), classes, strict=False))
    unlisted = range(len(listed), len(classes))
    return [
        *(_line(v.name, v.township, v.name, class_of[v.code]) for v in listed if v.code in class_of),
        *(_line(f"合成第{number + 1}村", None, None, classes[number]) for number in unlisted),
    ]


def _classes(targets: Targets) -> list[str]:
    """One class a village; those to relocate first, and 其他类, which say least of a village, last."""
    counts = {
        "搬迁撤并类": targets.villages_relocation,
        "集聚提升类": targets.villages_agglomeration,
        "城郊融合类": targets.villages_suburban,
        "特色保护类": targets.villages_protection,
        "其他类": targets.villages_other_class,
    }
    assert counts.keys() == set(VILLAGE_CLASSES)
    return [name for name, count in counts.items() for _ in range(count)]


def _likely_to_relocate_first(seed: int) -> list[str]:
    """Codes of villages by chance, in which those that have left the list since mostly come early."""
    rng = stream(seed, "village class")
    by_chance = sorted(villages_on(_BASIS), key=lambda village: rng.random() - 0.45 * village.has_left)
    return [village.code for village in by_chance]


def _line(name: str, township: str | None, listed_as: str | None, village_class: str) -> Record:
    return {
        "township_code": township,
        "village_name": name,
        "village_code": listed_as,
        "village_class": _AS_PRINTED.get(village_class, village_class),
        "basis_date": CLASSIFICATION_BASIS_DATE,
    }
