-- Reporting rates: the shares of the deliveries due that were received, and received on time.
-- grain, key: staged_table x period x division_code; sources: dq_expected_delivery, dim_reporter, dim_division
-- Due is what is expected and past its due date: what came before it counts once it is due.
-- A reporter counts for its own division and, where that is below the county, for the county too.
with due_delivery as (
  select e.*, r.division_code
  from dq_expected_delivery as e
  inner join dim_reporter as r
    on r.reporter_code = e.reporter_code
    and e.period_end_date >= r.lookup_from
    and e.period_end_date < r.lookup_to
  where e.is_due
),

by_level as (
  select d.*, d.division_code as counted_for
  from due_delivery as d
  union all
  select d.*, concat(substr(d.division_code, 1, 6), '000000') as counted_for
  from due_delivery as d
  where substr(d.division_code, 7) <> '000000'
),

counted as (
  select
    staged_table,
    max(form_title) as form_title,
    period,
    counted_for as division_code,
    count(*) as due_deliveries,
    sum(case when timeliness = 'on_time' then 1 else 0 end) as on_time_deliveries,
    sum(case when timeliness = 'late' then 1 else 0 end) as late_deliveries,
    sum(case when timeliness = 'missing' then 1 else 0 end) as missing_deliveries,
    sum(superseded_deliveries) as superseded_deliveries,
    sum(rejected_deliveries) as rejected_deliveries
  from by_level
  group by staged_table, period, counted_for
)

select
  staged_table,
  form_title,
  period,
  division_code,
  cast(due_deliveries as bigint) as due_deliveries,
  cast(on_time_deliveries as bigint) as on_time_deliveries,
  cast(late_deliveries as bigint) as late_deliveries,
  cast(missing_deliveries as bigint) as missing_deliveries,
  cast(superseded_deliveries as bigint) as superseded_deliveries,
  cast(rejected_deliveries as bigint) as rejected_deliveries,
  cast(
    @ratio(
      cast((due_deliveries - missing_deliveries) * 100 as decimal(18,0)), cast(due_deliveries as decimal(18,0)), 2
    ) as decimal(9,4)
  ) as reporting_rate_pct,
  cast(
    @ratio(cast(on_time_deliveries * 100 as decimal(18,0)), cast(due_deliveries as decimal(18,0)), 2) as decimal(9,4)
  ) as on_time_rate_pct
from counted
