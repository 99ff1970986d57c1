-- Quality score of each form, from 0 to 100: the mean of four shares, each of equal weight.
-- grain, key: staged_table; sources: dq_expected_delivery, dq_delivery, dq_check_result
-- A share of nothing is 100: what is not due is not missing.
with deliveries as (
  select
    staged_table,
    max(form_title) as form_title,
    count(*) filter (where is_due) as due,
    count(*) filter (where is_due and timeliness in ('on_time', 'late')) as received,
    count(*) filter (where is_due and timeliness = 'on_time') as on_time
  from dq_expected_delivery
  group by staged_table
),

row_counts as (
  select staged_table, sum(candidate_rows) as candidates, sum(rejected_rows) as rejected
  from dq_delivery
  where is_open
  group by staged_table
),

check_counts as (
  select
    regexp_replace(table_name, '^(staged|fact)_', '') as staged_table,
    count(*) as checks,
    count(*) filter (where is_passed) as passed
  from dq_check_result
  where regexp_replace(table_name, '^(staged|fact)_', '') <> table_name
  group by regexp_replace(table_name, '^(staged|fact)_', '')
),

shares as (
  select
    r.staged_table,
    r.form_title,
    case when r.due = 0 then 100.0 else 100.0 * r.received / r.due end as completeness,
    case when r.due = 0 then 100.0 else 100.0 * r.on_time / r.due end as timeliness,
    case when coalesce(n.candidates, 0) = 0 then 100.0
      else 100.0 * (n.candidates - n.rejected) / n.candidates end as validity,
    case when coalesce(c.checks, 0) = 0 then 100.0 else 100.0 * c.passed / c.checks end as consistency
  from deliveries as r
  left join row_counts as n on n.staged_table = r.staged_table
  left join check_counts as c on c.staged_table = r.staged_table
)

select
  staged_table,
  form_title,
  cast(completeness as decimal(9,4)) as completeness_pct,
  cast(timeliness as decimal(9,4)) as timeliness_pct,
  cast(validity as decimal(9,4)) as validity_pct,
  cast(consistency as decimal(9,4)) as consistency_pct,
  cast((completeness + timeliness + validity + consistency) / 4 as decimal(9,4)) as score_pct
from shares
