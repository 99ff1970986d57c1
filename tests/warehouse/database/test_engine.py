"""What connections answer, where DuckDB as it comes does not."""

from pathlib import Path

from warehouse.database.engine import DuckDB, connect_to_published

BALANCES = """
select 'bank' as institution, i % 3 as note, i // 3 as month, case when i < 3 then 100 else 125 end as amount,
  concat('d', i // 3) as delivery
from range(6) as t(i)
"""
CHANGED = """(
  with first_month as (
    select * from balance where institution in (
      select institution from balance group by institution having min(month) <> max(month)
    )
    qualify month = min(month) over (partition by institution, note)
  )
  select l.delivery, f.delivery as other_delivery, 'amount' as fields
  from balance as l inner join first_month as f on f.note = l.note
  where l.amount <> f.amount
)"""
BOTH_SIDES = f"""
select b.delivery, unnest(string_split(b.fields, ';')) from {CHANGED} as b where b.delivery is not null
union all
select b.other_delivery, unnest(string_split(b.fields, ';')) from {CHANGED} as b where b.other_delivery is not null
"""
ANSWER = [("d0", "amount")] * 3 + [("d1", "amount")] * 3


def test_two_readings_of_one_subquery_keep_their_columns(tmp_path: Path) -> None:
    file = tmp_path / "one.duckdb"
    with DuckDB(file, tmp_path, memory_limit="200MB") as engine:
        engine.run([f"create table balance as {BALANCES}"])
        built = [tuple(row.values()) for row in engine.rows(BOTH_SIDES)]
    assert sorted(built) == ANSWER
    with connect_to_published(file) as published:
        assert sorted(published.execute(BOTH_SIDES).fetchall()) == ANSWER


def test_a_file_is_loose_when_over_a_quarter_of_it_holds_nothing(tmp_path: Path) -> None:
    numbers = "create table {0} as select i, hash(i) as h from range({1}) as t(i)"
    with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="200MB") as engine:
        engine.run([numbers.format("small", 60_000), numbers.format("large", 400_000)])
        engine.run([numbers.format("last", 400_000)])  # free blocks at the end of a file are given back
        engine.drop("small")
        assert not engine.is_loose()
        engine.drop("large")
        assert engine.is_loose()


def test_a_compacted_copy_has_all_and_no_block_that_holds_nothing(tmp_path: Path) -> None:
    loose, compacted = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
    with DuckDB(loose, tmp_path, memory_limit="200MB") as engine:
        engine.run(
            [
                "create table gone as select i, hash(i) as h from range(400_000) as t(i)",
                "create table kept (i bigint not null)",
                "insert into kept values (1), (2)",
                "comment on column kept.i is '编号'",
                "create view shown as select * from kept",
                "comment on view shown is '两行'",
            ]
        )
        assert not engine.is_loose()
        engine.drop("gone")
        assert engine.is_loose()
        contents = engine.contents("kept")
        engine.copy_into(compacted)
    with DuckDB(compacted, tmp_path, memory_limit="200MB") as engine:
        assert engine.contents("kept") == contents == engine.contents("shown")
        assert not engine.is_loose()
        described = "select column_name, comment, is_nullable from duckdb_columns() where table_name = 'kept'"
        assert engine.rows(described) == [{"column_name": "i", "comment": "编号", "is_nullable": False}]
        assert engine.rows("select comment from duckdb_views() where view_name = 'shown'") == [
            {"comment": "两行"}
        ]
    assert compacted.stat().st_size < loose.stat().st_size


def test_contents_do_not_depend_on_order_but_on_every_value(tmp_path: Path) -> None:
    with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="200MB") as engine:
        values = {
            "a": "(1, 'x'), (2, null), (2, null)",
            "turned": "(2, null), (1, 'x'), (2, null)",
            "swapped": "(2, 'x'), (1, null), (2, null)",
            "emptied": "(1, 'x'), (2, ''), (2, '')",
            "fewer": "(1, 'x'), (2, null)",
        }
        for name, rows in values.items():
            engine.run([f"create table {name} as from (values {rows}) as v(n, t)"])
        contents = {name: engine.contents(name) for name in values}
    assert contents["turned"] == contents["a"]
    assert len(set(contents.values())) == 4
