-- title: 村基本情况事实表的各次报送行数与人口应等于已接收的填报
-- table: fact_village_profile
-- kind: reconciliation
-- severity: error
-- blocking: true
with staged as (
  select delivery_id, count(*) as rows, sum(registered_persons) as persons
  from staged_village_profile
  group by delivery_id
),

built as (
  select delivery_id, count(*) as rows, sum(registered_persons) as persons
  from fact_village_profile
  group by delivery_id
)

select coalesce(s.delivery_id, b.delivery_id) as delivery_id, s.rows as staged_rows, b.rows as built_rows
from staged as s
full join built as b on b.delivery_id = s.delivery_id
where s.rows is distinct from b.rows or s.persons is distinct from b.persons
