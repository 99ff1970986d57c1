-- Figures: indicators by division and period, with last year's and how complete they are.
-- grain, key: indicator_code x division_code x period x basis
-- sources: mart_figure_row, dim_indicator, dim_indicator_form, dim_period, dim_division, dim_reporter,
-- dq_expected_delivery
-- A division has a figure for each period in which a delivery in force has rows of it; a ratio or growth, where
-- the denominator has rows too. Its status is the weakest of final, provisional, incomplete, disputed, over the
-- forms that the indicator needs of every reporter who reports on the division, or on another above or below it.
with by_key as (
  select
    indicator_code,
    term,
    period,
    year_role,
    basis,
    county_code,
    township_code,
    place_code,
    counted_key,
    sum(case when is_counted then value else 0 end) as value,
    sum(case when is_counted then 1 else 0 end) as source_rows,
    sum(case when is_counted and is_flagged then 1 else 0 end) as flagged_rows,
    sum(case when is_counted and corrected is not null then 1 else 0 end) as corrected_rows
  from mart_figure_row
  group by indicator_code, term, period, year_role, basis, county_code, township_code, place_code, counted_key
),

by_level as (
  select b.*, concat(county_code, '000000') as division_code
  from by_key as b
  union all
  select b.*, township_code as division_code
  from by_key as b
  where township_code is not null
  union all
  select b.*, place_code as division_code
  from by_key as b
  where place_code is not null
),

totals as (
  select
    indicator_code,
    term,
    period,
    year_role,
    basis,
    county_code,
    division_code,
    sum(value) as total,
    count(counted_key) as keyed_rows,
    count(distinct case when source_rows > 0 then counted_key end) as keys,
    sum(source_rows) as source_rows,
    sum(flagged_rows) as flagged_rows,
    sum(corrected_rows) as corrected_rows
  from by_level
  group by indicator_code, term, period, year_role, basis, county_code, division_code
),

amounts as (
  select
    *,
    case when keyed_rows > 0 then cast(keys as decimal(18,4)) else cast(total as decimal(18,4)) end as amount
  from totals
),

side_by_side as (
  select
    indicator_code,
    period,
    basis,
    county_code,
    division_code,
    max(case when year_role = 'current' and term <> 'denominator' then amount end) as amount,
    max(case when year_role = 'current' and term = 'denominator' then amount end) as denominator,
    max(case when year_role = 'previous' and term <> 'denominator' then amount end) as previous_amount,
    max(case when year_role = 'previous' and term = 'denominator' then amount end) as previous_denominator,
    max(case when year_role = 'current' and term <> 'numerator' then source_rows end) as source_rows,
    max(case when year_role = 'current' then flagged_rows end) as flagged_rows,
    max(case when year_role = 'current' then corrected_rows end) as corrected_rows
  from amounts
  group by indicator_code, period, basis, county_code, division_code
),

defined as (
  select
    s.*,
    i.indicator_name,
    i.unit,
    i.kind,
    i.over_time,
    i.disputed,
    p.grain as period_grain,
    p.end_date,
    s.amount - case when i.kind = 'growth' then s.denominator else 0 end as dividend,
    case when i.unit = '%' then 100 else 1 end as times
  from side_by_side as s
  inner join dim_indicator as i on i.indicator_code = s.indicator_code
  inner join dim_period as p on p.period = s.period
  where s.amount is not null and s.source_rows is not null
),

-- In percent a dividend has a hundred times its size and, exactly, two decimals less.
scaled as (
  select
    *,
    cast(case when times = 100 then cast(dividend as decimal(28,4)) * 100 end as decimal(18,2)) as dividend_pct,
    cast(case when times = 100 then cast(previous_amount as decimal(28,4)) * 100 end as decimal(18,2)) as previous_pct
  from defined
),

valued as (
  select
    *,
    case
      when kind not in ('ratio', 'growth') then amount
      when times = 100 then @ratio(dividend_pct, denominator, 4)
      else @ratio(dividend, denominator, 4)
    end as value,
    case
      when kind <> 'ratio' then previous_amount
      when times = 100 then @ratio(previous_pct, previous_denominator, 4)
      else @ratio(previous_amount, previous_denominator, 4)
    end as previous_value
  from scaled
),

needed_form as (
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
    e.rejected_rows,
    e.disagreeing_totals,
    max(e.period_end_date) over (
      partition by n.indicator_code, n.year_role, n.period, e.staged_table, e.reporter_code
    ) as last_expected_date,
    max(case when e.state = 'in_force' then e.period_end_date end) over (
      partition by n.indicator_code, n.year_role, n.period, e.staged_table, e.reporter_code
    ) as last_in_force_date
  from needed_form as n
  inner join dq_expected_delivery as e
    on e.staged_table = n.staged_table
    and e.period_end_date >= n.start_date
    and e.period_end_date <= n.end_date
  inner join dim_reporter as r on r.reporter_code = e.reporter_code
  where n.reporter_code is null or n.reporter_code = e.reporter_code
),

reporter_state as (
  select
    indicator_code,
    period,
    staged_table,
    reporter_code,
    division_code,
    case
      when needs = 'every' then sum(case when state = 'missing' then 1 else 0 end)
      when max(last_in_force_date) is null and max(case when state = 'missing' then 1 else 0 end) = 1 then 1
      else 0
    end as missing_deliveries,
    case
      when needs = 'every' then max(case when state = 'not_due' then 1 else 0 end)
      when max(last_in_force_date) = max(last_expected_date) then 0
      else 1
    end as awaits_more,
    sum(
      case when needs = 'every' or period_end_date = last_in_force_date then rejected_rows else 0 end
    ) as rejected_rows,
    sum(
      case when needs = 'every' or period_end_date = last_in_force_date then disagreeing_totals else 0 end
    ) as disagreeing_totals
  from expected
  group by indicator_code, period, year_role, needs, staged_table, reporter_code, division_code
),

division_state as (
  select
    indicator_code,
    period,
    division_code,
    concat(substr(division_code, 1, 6), '000000') as county_division_code,
    sum(missing_deliveries) as missing_deliveries,
    max(awaits_more) as awaits_more,
    sum(rejected_rows) as rejected_rows,
    sum(disagreeing_totals) as disagreeing_totals
  from reporter_state
  group by indicator_code, period, division_code
),

figure_state as (
  select
    v.indicator_code,
    v.period,
    v.basis,
    v.division_code,
    coalesce(sum(s.missing_deliveries), 0) as missing_deliveries,
    coalesce(max(s.awaits_more), 0) as awaits_more,
    coalesce(sum(s.rejected_rows), 0) as rejected_rows,
    coalesce(sum(s.disagreeing_totals), 0) as disagreeing_totals
  from valued as v
  left join dim_division as d
    on d.division_code = v.division_code and d.lookup_to = date '9999-12-31'
  left join division_state as s
    on s.indicator_code = v.indicator_code
    and s.period = v.period
    and s.county_division_code = concat(v.county_code, '000000')
    and (
      s.division_code in (v.division_code, d.township_code, concat(v.county_code, '000000'))
      or v.division_code = concat(v.county_code, '000000')
    )
  group by v.indicator_code, v.period, v.basis, v.division_code
),

with_status as (
  select
    v.*,
    s.missing_deliveries,
    s.rejected_rows,
    case
      when v.disputed is not null or s.disagreeing_totals > 0 then 'disputed'
      when s.missing_deliveries > 0 or s.rejected_rows > 0 then 'incomplete'
      when s.awaits_more > 0 then 'provisional'
      else 'final'
    end as status,
    case when v.over_time = 'latest' or s.awaits_more = 0 then v.previous_value end as comparable_value
  from valued as v
  inner join figure_state as s
    on s.indicator_code = v.indicator_code
    and s.period = v.period
    and s.basis = v.basis
    and s.division_code = v.division_code
)

select
  f.indicator_code,
  f.indicator_name,
  f.unit,
  f.division_code,
  coalesce(d.canonical_name, '未知') as division_name,
  coalesce(d.level, 'unknown') as division_level,
  f.period,
  f.period_grain,
  f.basis,
  f.value,
  case when f.kind in ('ratio', 'growth') then f.amount end as numerator,
  f.denominator,
  cast(f.source_rows as bigint) as source_rows,
  cast(f.flagged_rows as bigint) as flagged_rows,
  cast(f.corrected_rows as bigint) as corrected_rows,
  cast(f.missing_deliveries as bigint) as missing_deliveries,
  cast(f.rejected_rows as bigint) as rejected_rows,
  f.status,
  f.comparable_value as previous_value,
  cast(f.value - f.comparable_value as decimal(18,4)) as change_value,
  case
    when f.kind not in ('ratio', 'growth') then @change_pct(f.value, f.comparable_value)
  end as change_pct
from with_status as f
left join dim_division as d on d.division_code = f.division_code and d.lookup_to = date '9999-12-31'
