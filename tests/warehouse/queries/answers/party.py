"""The answers that the worked questions on party organisations must give on the sample."""

from collections import Counter

import polars as pl

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample


def secretary_stars_by_township(sample: Sample) -> Rows:
    ratings = sample.staged("secretary_rating").select("org_code", "star")
    township = _township_of_orgs(sample)
    bands = ((1, 3), (4, 5), (6, 7), (8, 8))
    stars: dict[str, list[int]] = {}
    for org_code, star in ratings.iter_rows():
        stars.setdefault(township[org_code], []).append(star)
    assert Counter(star <= 5 for own_stars in stars.values() for star in own_stars)[True] == int(
        sample.manifest.targets["secretaries_to_5_stars"]
    )
    return [
        (name, len(own_stars), *(sum(low <= star <= high for star in own_stars) for low, high in bands))
        for name, own_stars in sorted(stars.items())
    ]


def weak_party_orgs(sample: Sample) -> Rows:
    township, names = _township_of_orgs(sample), _newest(sample, "org_name")
    ledger = sample.staged("weak_party_org").filter(period="2022")
    cadres = sample.staged("dispatched_cadre").filter(period="2022")
    rows = []
    for (code,), lines in ledger.sort("listed_date", "org_code").group_by("org_code", maintain_order=True):
        is_rectified = lines.select((pl.col("is_completed") & pl.col("is_cleared")).all()).item()
        rows.append(
            (
                township[code],
                names[code],
                lines["listed_date"][0],
                lines.height,
                lines["is_completed"].sum(),
                "是" if is_rectified else "否",
                cadres.filter(org_code=code)["cadre_key"].n_unique(),
            )
        )
    return rows


def _township_of_orgs(sample: Sample) -> dict[str, str]:
    places = _newest(sample, "place_code")
    return {
        code: sample.place_names[place[:9] + "000"] if place else "未知" for code, place in places.items()
    }


def _newest(sample: Sample, field: str) -> dict[str, str]:
    return dict(sample.staged("party_org").sort("period").select("org_code", field).iter_rows())
