-- What is still missing of the deliveries that an indicator needs in a period, by the division that reports.
-- grain, key: indicator_code x period x division_code
-- sources: dim_indicator_form, dim_period, dim_delivery_period, dq_expected_delivery, dim_reporter
-- A delivery that is held is missing; one of a period that has not ended awaits more. Where an indicator needs every
-- delivery, each one counts; where it needs the last one, of each reporter the last that is due. Where rows have dates of
-- their own, the delivery that covers a period is the first as of its end or later.
with needed as (
  select
    n.indicator_code,
    n.staged_table,
    n.year_role,
    n.needs,
    n.is_dated,
    n.carries,
    n.reporter_code,
    p.period,
    coalesce(
      n.since_date, case when n.year_role = 'previous' then p.previous_start_date else p.start_date end
    ) as start_date,
    case when n.year_role = 'previous' then p.previous_end_date else p.end_date end as end_date
  from dim_indicator_form as n
  inner join dim_period as p on p.grain = n.period_grain
),

period_end as (
  select distinct staged_table, end_date
  from needed
  where is_dated and needs = 'last'
),

covering as (
  select n.staged_table, n.end_date, e.reporter_code, min(e.period_end_date) as covering_date
  from period_end as n
  inner join dq_expected_delivery as e
    on e.staged_table = n.staged_table and e.period_end_date >= n.end_date
  group by n.staged_table, n.end_date, e.reporter_code
),

within_period as (
  select n.*, e.reporter_code as expected_of, e.period_end_date
  from needed as n
  inner join dq_expected_delivery as e
    on e.staged_table = n.staged_table
    and e.period_end_date >= n.start_date
    and e.period_end_date <= n.end_date
  where not (n.is_dated and n.needs = 'last')
  union all
  select n.*, c.reporter_code as expected_of, c.covering_date as period_end_date
  from needed as n
  inner join covering as c on c.staged_table = n.staged_table and c.end_date = n.end_date
  where n.is_dated and n.needs = 'last'
),

expected as (
  select
    n.indicator_code,
    n.year_role,
    n.needs,
    n.period,
    e.staged_table,
    e.reporter_code,
    r.reporter_name,
    r.division_code,
    e.period_end_date,
    e.state,
    e.is_early,
    e.rejected_rows,
    e.disagreeing_totals,
    max(case when e.state = 'in_force' then e.period_end_date end) over (
      partition by n.indicator_code, n.year_role, n.period, e.staged_table, e.reporter_code
    ) as last_received_date
  from within_period as n
  inner join dq_expected_delivery as e
    on e.staged_table = n.staged_table
    and e.reporter_code = n.expected_of
    and e.period_end_date = n.period_end_date
  inner join dim_reporter as r
    on r.reporter_code = e.reporter_code
    and e.period_end_date >= r.lookup_from
    and e.period_end_date < r.lookup_to
  where n.reporter_code is null or n.reporter_code = e.reporter_code
),

-- Of what came, the deliveries that are used; of what did not, those that would be.
used as (
  select
    *,
    needs = 'every' or last_received_date is null or period_end_date >= last_received_date as is_used
  from expected
),

by_reporter as (
  select
    indicator_code,
    period,
    staged_table,
    reporter_code,
    reporter_name,
    division_code,
    case
      when needs = 'every' then sum(case when state in ('missing', 'held') then 1 else 0 end)
      else max(case when is_used and state in ('missing', 'held') then 1 else 0 end)
    end as missing_deliveries,
    max(case when is_used and (state = 'not_due' or state = 'in_force' and is_early) then 1 else 0 end) as awaits_more,
    max(
      case when is_used and needs = 'last' and last_received_date is not null and state in ('missing', 'held') then 1 else 0 end
    ) as is_behind,
    sum(case when is_used and state = 'in_force' then rejected_rows else 0 end) as rejected_rows,
    sum(case when is_used and state = 'in_force' then disagreeing_totals else 0 end) as disagreeing_totals
  from used
  group by indicator_code, period, year_role, needs, staged_table, reporter_code, reporter_name, division_code
),

carried as (
  select n.indicator_code, n.period, r.division_code, min(d.period_end_date) as carried_from
  from needed as n
  inner join dim_delivery_period as d
    on d.staged_table = n.staged_table and d.period = n.period and d.year_role = 'current' and d.is_carried
  inner join dim_reporter as r
    on r.reporter_code = d.reporter_code
    and d.period_end_date >= r.lookup_from
    and d.period_end_date < r.lookup_to
  where n.carries
  group by n.indicator_code, n.period, r.division_code
),

by_division as (
  select
    indicator_code,
    period,
    division_code,
    sum(missing_deliveries) as missing_deliveries,
    min(case when missing_deliveries > 0 then reporter_name end) as missing_reporter,
    sum(is_behind) as behind_reporters,
    max(awaits_more) as awaits_more,
    sum(rejected_rows) as rejected_rows,
    sum(disagreeing_totals) as disagreeing_totals
  from by_reporter
  group by indicator_code, period, division_code
)

select
  coalesce(d.indicator_code, c.indicator_code) as indicator_code,
  coalesce(d.period, c.period) as period,
  coalesce(d.division_code, c.division_code) as division_code,
  cast(coalesce(d.missing_deliveries, 0) as bigint) as missing_deliveries,
  d.missing_reporter,
  cast(coalesce(d.behind_reporters, 0) as bigint) as behind_reporters,
  coalesce(d.awaits_more, 0) = 1 as awaits_more,
  c.carried_from,
  cast(coalesce(d.rejected_rows, 0) as bigint) as rejected_rows,
  cast(coalesce(d.disagreeing_totals, 0) as bigint) as disagreeing_totals
from by_division as d
full outer join carried as c
  on c.indicator_code = d.indicator_code and c.period = d.period and c.division_code = d.division_code
