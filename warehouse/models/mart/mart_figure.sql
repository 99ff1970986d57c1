-- Figures: indicators by division and period, with last year's and how complete they are.
-- grain, key: indicator_code x division_code x period x basis
-- sources: mart_figure_amount, mart_figure_completeness, dim_indicator, dim_period, dim_division
-- A division has a figure for each period in which a delivery in force has a row on it; a ratio or growth, where
-- one also has a row of the denominator. Its status is the weakest of final, provisional, incomplete, disputed, over
-- the forms that the indicator needs of every reporter who reports on the division, or on one above or below it.
with side_by_side as (
  select
    a.indicator_code,
    a.period,
    a.basis,
    a.county_code,
    a.division_code,
    i.indicator_name,
    i.unit,
    i.kind,
    i.over_time,
    i.disputed,
    p.grain as period_grain,
    a.amount,
    d.amount as denominator,
    a.previous_amount,
    d.previous_amount as previous_denominator,
    coalesce(d.source_rows, a.source_rows) as source_rows,
    greatest(a.flagged_rows, coalesce(d.flagged_rows, 0)) as flagged_rows,
    greatest(a.corrected_rows, coalesce(d.corrected_rows, 0)) as corrected_rows,
    a.amount - case when i.kind = 'growth' then d.amount else 0 end as dividend,
    case when i.unit = '%' then 100 else 1 end as times
  from mart_figure_amount as a
  inner join dim_indicator as i on i.indicator_code = a.indicator_code
  inner join dim_period as p on p.period = a.period
  left join mart_figure_amount as d
    on d.term = 'denominator'
    and d.indicator_code = a.indicator_code
    and d.period = a.period
    and d.basis = a.basis
    and d.county_code = a.county_code
    and d.division_code = a.division_code
  where a.term = 'value' or a.term = 'numerator' and d.term is not null
),

-- In percent a dividend has a hundred times its size and, exactly, two decimals less.
in_percent as (
  select
    *,
    cast(case when times = 100 then cast(dividend as decimal(28,4)) * 100 end as decimal(18,2)) as dividend_pct,
    cast(case when times = 100 then cast(previous_amount as decimal(28,4)) * 100 end as decimal(18,2)) as previous_pct
  from side_by_side
),

with_values as (
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
  from in_percent
),

-- Of a figure of a county, every reporter in it counts; of any other, those of its division, its township and its county.
placed as (
  select
    v.*,
    d.canonical_name,
    d.level,
    concat(v.county_code, '000000') as county_division_code,
    case
      when v.division_code <> concat(v.county_code, '000000') and substr(v.division_code, 1, 6) = v.county_code
        then v.division_code
    end as own_division_code,
    case
      when d.township_code <> v.division_code and substr(d.township_code, 1, 6) = v.county_code
        then d.township_code
    end as upper_division_code
  from with_values as v
  left join dim_division as d on d.division_code = v.division_code and d.lookup_to = date '9999-12-31'
),

within_county as (
  select
    indicator_code,
    period,
    concat(substr(division_code, 1, 6), '000000') as county_division_code,
    sum(missing_deliveries) as missing_deliveries,
    max(case when awaits_more then 1 else 0 end) as awaits_more,
    sum(rejected_rows) as rejected_rows,
    sum(disagreeing_totals) as disagreeing_totals
  from mart_figure_completeness
  group by indicator_code, period, concat(substr(division_code, 1, 6), '000000')
),

with_completeness as (
  select
    f.*,
    case
      when f.division_code = f.county_division_code then coalesce(w.missing_deliveries, 0)
      else coalesce(o.missing_deliveries, 0) + coalesce(u.missing_deliveries, 0) + coalesce(c.missing_deliveries, 0)
    end as missing_deliveries,
    case
      when f.division_code = f.county_division_code then coalesce(w.awaits_more = 1, false)
      else coalesce(o.awaits_more, false) or coalesce(u.awaits_more, false) or coalesce(c.awaits_more, false)
    end as awaits_more,
    case
      when f.division_code = f.county_division_code then coalesce(w.rejected_rows, 0)
      else coalesce(o.rejected_rows, 0) + coalesce(u.rejected_rows, 0) + coalesce(c.rejected_rows, 0)
    end as rejected_rows,
    case
      when f.division_code = f.county_division_code then coalesce(w.disagreeing_totals, 0)
      else coalesce(o.disagreeing_totals, 0) + coalesce(u.disagreeing_totals, 0) + coalesce(c.disagreeing_totals, 0)
    end as disagreeing_totals
  from placed as f
  left join within_county as w
    on w.indicator_code = f.indicator_code
    and w.period = f.period
    and w.county_division_code = f.county_division_code
  left join mart_figure_completeness as o
    on o.indicator_code = f.indicator_code and o.period = f.period and o.division_code = f.own_division_code
  left join mart_figure_completeness as u
    on u.indicator_code = f.indicator_code and u.period = f.period and u.division_code = f.upper_division_code
  left join mart_figure_completeness as c
    on c.indicator_code = f.indicator_code and c.period = f.period and c.division_code = f.county_division_code
),

with_status as (
  select
    *,
    case
      when disputed is not null or disagreeing_totals > 0 then 'disputed'
      when missing_deliveries > 0 or rejected_rows > 0 then 'incomplete'
      when awaits_more then 'provisional'
      else 'final'
    end as status,
    case when over_time = 'latest' or not awaits_more then previous_value end as comparable_value
  from with_completeness
)

select
  indicator_code,
  indicator_name,
  unit,
  division_code,
  coalesce(canonical_name, '未知') as division_name,
  coalesce(level, 'unknown') as division_level,
  period,
  period_grain,
  basis,
  value,
  case when kind in ('ratio', 'growth') then amount end as numerator,
  denominator,
  source_rows,
  flagged_rows,
  corrected_rows,
  cast(missing_deliveries as bigint) as missing_deliveries,
  cast(rejected_rows as bigint) as rejected_rows,
  status,
  comparable_value as previous_value,
  cast(value - comparable_value as decimal(18,4)) as change_value,
  case when kind not in ('ratio', 'growth') then @change_pct(value, comparable_value) end as change_pct
from with_status
