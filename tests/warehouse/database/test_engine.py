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
