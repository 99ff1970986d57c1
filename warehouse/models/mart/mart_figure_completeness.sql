-- What is still missing of the deliveries that an indicator needs in a period, by the division that reports.
-- grain, key: indicator_code x period x division_code
-- sources: dim_indicator_form, dim_period, dq_expected_delivery, dim_reporter
-- A delivery that is held is missing; one of a period that has not ended awaits more. Where an indicator needs every delivery, each one counts; where it needs the last one, of each reporter that one.
with needed as (
  select
    n.indicator_code,
    n.staged_table,
    n.year_role,
    n.needs,
    n.reporter_code,
    p.period,
    coalesce(
      n.since_date, case when n.year_role = 'previous' then p.previous_start_date else p.start_date end
    ) as start_date,
    case when n.year_role = 'previous' then p.previous_end_date else p.end_date end as end_date
  from dim_indicator_form as n
  inner join dim_period as p on p.grain = n.period_grain
),

expected as (
  select
    n.indicator_code,
    n.year_role,
    n.needs,
    n.period,
    e.staged_table,
    e.reporter_code,
    r.division_code,
    e.period_end_date,
    e.state,
    e.is_early,
    e.rejected_rows,
    e.disagreeing_totals,
    max(e.period_end_date) over (
      partition by n.indicator_code, n.year_role, n.period, e.staged_table, e.reporter_code
    ) as last_expected_date,
    max(case when e.state = 'in_force' then e.period_end_date end) over (
      partition by n.indicator_code, n.year_role, n.period, e.staged_table, e.reporter_code
    ) as last_received_date
  from needed as n
  inner join dq_expected_delivery as e
    on e.staged_table = n.staged_table
    and e.period_end_date >= n.start_date
    and e.period_end_date <= n.end_date
  inner join dim_reporter as r
    on r.reporter_code = e.reporter_code
    and e.period_end_date >= r.lookup_from
    and e.period_end_date < r.lookup_to
  where n.reporter_code is null or n.reporter_code = e.reporter_code
),

by_reporter as (
  select
    indicator_code,
    period,
    staged_table,
    reporter_code,
    division_code,
    case
      when needs = 'every' then sum(case when state in ('missing', 'held') then 1 else 0 end)
      when max(last_received_date) is null and max(case when state in ('missing', 'held') then 1 else 0 end) = 1
        then 1
      else 0
    end as missing_deliveries,
    case
      when max(case when is_early and state = 'in_force' then 1 else 0 end) = 1 then 1
      when needs = 'every' then max(case when state = 'not_due' then 1 else 0 end)
      when max(last_received_date) = max(last_expected_date) then 0
      else 1
    end as awaits_more,
    sum(
      case when needs = 'every' or period_end_date = last_received_date then rejected_rows else 0 end
    ) as rejected_rows,
    sum(
      case when needs = 'every' or period_end_date = last_received_date then disagreeing_totals else 0 end
    ) as disagreeing_totals
  from expected
  group by indicator_code, period, year_role, needs, staged_table, reporter_code, division_code
)

select
  indicator_code,
  period,
  division_code,
  cast(sum(missing_deliveries) as bigint) as missing_deliveries,
  max(awaits_more) = 1 as awaits_more,
  cast(sum(rejected_rows) as bigint) as rejected_rows,
  cast(sum(disagreeing_totals) as bigint) as disagreeing_totals
from by_reporter
group by indicator_code, period, division_code
