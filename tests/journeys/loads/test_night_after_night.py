"""Nights of a home of three forms, each built upon the last: every table is what a build of everything gives."""

import io
import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.assets.resources import Snapshot
from pipelines.assets.warehouse import build_sources, row_checks
from sample.volume import write_ledger
from schemas.catalogue import Catalogue
from sources.county.references import read_references
from sources.holding.decisions import Decision, PeriodDecision, Verdict, write_decision
from sources.holding.home_states import home_states
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import CATALOGUE, COUNTY, prepare
from tests.journeys.townships import ENTERPRISE_HEADER, VILLAGE_HEADER, write_sheet
from tests.warehouse.build.same_rows import differing
from warehouse.build import construction, steps
from warehouse.build.build import Built, build
from warehouse.build.inputs import Inputs
from warehouse.build.order import model_sql
from warehouse.build.steps import NOTHING, LastVersion, read_last_version
from warehouse.checks.frames import write_checks

VILLAGES = ["杨家窑村", "上窝寨村", "下窝寨村"]
LATER_MODELS = {  # what another release of the program might say
    "mart_village_overview": lambda sql: f"select * from ({sql}) as o where o.village_code > '140214102'",
    "dim_reporter": lambda sql: f"select * from ({sql}) as r where r.reporter_code <> ''",
}


class District:
    """A home, and what may happen to it in a day. `chance` decides on what and how much."""

    def __init__(self, root: Path, reader: Reader, seed: int) -> None:
        self.home, self.chance = Home(root), random.Random(seed)
        prepare(self.home)
        self.now = datetime(2023, 2, 1, 1, 30, tzinfo=SHANGHAI)
        self._reader = reader
        self._sent = 0
        self.happenings: list[Callable[[], None]] = [
            self.send_villages, self.send_enterprises, self.send_ledger, self.send_fewer_villages,
            self.decide, self.settle, self.correct,
        ]  # fmt: skip

    def send_villages(self, villages: int = 3) -> None:
        rows: list[list[object]] = [
            [village, self.chance.randrange(80, 120), 260, "是", 60, "是", "是", "否", 90, "是"]
            for village in VILLAGES[:villages]
        ]
        rows.append(["合计", sum(int(str(row[1])) for row in rows)])
        year = self.chance.choice((2021, 2022))
        self._send("村基本情况年报", f"报告期：{year}年", VILLAGE_HEADER, rows)

    def send_fewer_villages(self) -> None:
        self.send_villages(villages=1)

    def send_enterprises(self) -> None:
        sales = self.chance.randrange(10, 15)
        rows: list[list[object]] = [
            ["某某乳业有限公司", "91110000600037341L", "乳品", "省级", "是", sales, 11]
        ]
        rows.append(["合计", *[None] * 4, sales, 11])
        period = f"报告期：{self.chance.choice((2021, 2022))}年四季度"
        self._send("农产品加工企业统计表", period, ENTERPRISE_HEADER, rows, unit="计量单位：万元")

    def send_ledger(self) -> None:
        folder = self.home.inbox / "大同农商行云冈支行"
        folder.mkdir(exist_ok=True)
        name = f"贷款台账2022{self.chance.choice(('1130', '1231'))}.csv"
        rows = self.chance.choice((30, 40))
        write_ledger(folder / name, rows, encoding="gb18030", seed=self.chance.randrange(3))

    def decide(self) -> None:
        """Confirm or withdraw one of the deliveries that are there."""
        verdict: Verdict = self.chance.choice(("confirm", "withdraw"))
        chosen = self.chance.choice(read_receipts(self.home)).delivery_id
        word = Decision(delivery_id=chosen, verdict=verdict, why="核实", by="统计股", decided_at=self.now)
        write_decision(self.home, word)

    def settle(self) -> None:
        word = PeriodDecision(period="2021", verdict="settle", why="定稿", by="统计股", decided_at=self.now)
        write_decision(self.home, word)

    def correct(self) -> None:
        fields = {
            "id": "口泉-01", "table": "village_profile", "reporter": "kouquan", "period": "2021", "sheet": "年报",
            "cell": "E4", "field": "sanitary_toilet_households", "expect": "60", "value": str(self.chance.randrange(50, 59)),
            "who": "统计股", "why": "电话核实", "status": "in_force",
        }  # fmt: skip
        lines = [f'{name} = "{value}"' for name, value in fields.items()]
        text = "\n".join(["[[correction]]", "when = 2023-02-01", *lines, ""])
        (self.home.corrections / "年报.toml").write_text(text, "utf-8")

    def inputs(self) -> tuple[Inputs, Snapshot]:
        """Receive what was sent, and collect what there is to build from."""
        references = read_references(COUNTY)
        receive(self.home, self._reader, now=self._tick, settle_seconds=0, references=references)
        self._tick()
        receipts = read_receipts(self.home)
        snapshot = Snapshot(self.now, receipts, home_states(self.home, references, receipts, self.now))
        return Inputs(CATALOGUE, build_sources(self.home, references, snapshot)), snapshot

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _send(
        self, title: str, period: str, header: list[str], rows: list[list[object]], unit: str = ""
    ) -> None:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        write_sheet(book, "年报", title, ["填报单位：口泉乡", period, unit], header, rows)
        book.close()
        self._sent += 1
        path = self.home.inbox / "口泉乡" / f"{title}{self._sent}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(out.getvalue())


def publish_as_last(built: Built, folder: Path) -> LastVersion:
    """Keep a build aside, as what the next night is built upon."""
    file = folder / "last.duckdb"
    shutil.copyfile(built.path, file)
    write_checks(folder, built.checks)
    return read_last_version(file, folder)


@pytest.mark.parametrize(
    ("seed", "nights"),
    [(2022, 3), pytest.param(7, 30, marks=pytest.mark.long)],
    ids=["3 nights", "30 nights"],
)
def test_each_night_is_what_a_build_of_everything_gives(
    seed: int, nights: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = {"models": set[str]()}

    def later_sql(catalogue: Catalogue, name: str) -> str:
        sql = model_sql(catalogue, name)
        return LATER_MODELS[name](sql) if name in release["models"] else sql

    for module in (construction, steps):
        monkeypatch.setattr(module, "model_sql", later_sql)
    monkeypatch.setattr(construction, "code_hash", lambda _: str(sorted(release["models"])))
    with Reader() as reader:
        district = District(tmp_path / "home", reader, seed)
        for send in (district.send_villages, district.send_enterprises, district.send_ledger):
            send()
        last, remade = NOTHING, []
        for night in range(nights):
            inputs, snapshot = district.inputs()
            results = row_checks(district.home, read_references(COUNTY), snapshot.states.open)
            of_night = partial(build, inputs, cut_off=snapshot.cut_off, synthetic=True, row_checks=results)
            built = of_night(out=tmp_path / "built.duckdb", last=last)
            if night:
                whole = of_night(out=tmp_path / "whole.duckdb")
                assert differing(built.path, whole.path) == [], f"night {night}"
                assert built.checks == whole.checks
            remade.append(len(built.remade))
            last = publish_as_last(built, tmp_path)
            for happening in district.chance.sample(district.happenings, 3):
                happening()
            if night % 3 == 1:
                release["models"] ^= {district.chance.choice(sorted(LATER_MODELS))}
            district.now += timedelta(days=1)
    assert max(remade[1:]) < remade[0]
