-- Figures of months added up: from January on, January with February, and over twelve months; and amounts per head.
-- grain, key: indicator_code x division_code x period x basis x series
-- sources: mart_figure, mart_figure_amount, dim_indicator, dim_period
-- Only figures that add up over time, and only where every month has one. Changes are of the parts that both years have,
-- where these are four fifths of either. Per head is over the registered population of the same year.
with month_figure as (
  select
    f.indicator_code,
    f.indicator_name,
    f.unit,
    f.division_code,
    f.division_name,
    f.division_level,
    f.basis,
    f.period,
    extract(year from p.start_date) * 12 + extract(month from p.start_date) as month_number,
    f.value,
    a.compared_amount,
    a.compared_previous_amount,
    @weakness(f.status) as weakness
  from mart_figure as f
  inner join dim_indicator as i on i.indicator_code = f.indicator_code and i.adds_up_over_time
  inner join dim_period as p on p.period = f.period and p.grain = 'month'
  inner join mart_figure_amount as a
    on a.indicator_code = f.indicator_code
    and a.term = 'value'
    and a.period = f.period
    and a.basis = f.basis
    and a.division_code = f.division_code
),

span as (
  select
    period,
    'year_to_date' as series,
    extract(year from start_date) * 12 + 1 as first_month,
    extract(year from start_date) * 12 + extract(month from start_date) as last_month
  from dim_period
  where grain = 'month'
  union all
  select
    period,
    'january_february' as series,
    extract(year from start_date) * 12 + 1 as first_month,
    extract(year from start_date) * 12 + 2 as last_month
  from dim_period
  where grain = 'month' and extract(month from start_date) = 2
  union all
  select
    period,
    'rolling_12_months' as series,
    extract(year from start_date) * 12 + extract(month from start_date) - 11 as first_month,
    extract(year from start_date) * 12 + extract(month from start_date) as last_month
  from dim_period
  where grain = 'month'
),

added as (
  select
    m.indicator_code,
    m.indicator_name,
    m.unit,
    m.division_code,
    m.division_name,
    m.division_level,
    m.basis,
    s.period,
    s.series,
    case when count(m.value) = count(*) then sum(m.value) end as value,
    sum(m.compared_amount) as compared_amount,
    sum(m.compared_previous_amount) as compared_previous_amount,
    max(m.weakness) as weakness
  from span as s
  inner join month_figure as m on m.month_number >= s.first_month and m.month_number <= s.last_month
  group by
    m.indicator_code,
    m.indicator_name,
    m.unit,
    m.division_code,
    m.division_name,
    m.division_level,
    m.basis,
    s.period,
    s.series,
    s.first_month,
    s.last_month
  having count(*) = s.last_month - s.first_month + 1
),

population as (
  select division_code, period, value as persons, case status when 'final' then 1 else 3 end as weakness
  from mart_figure
  where indicator_code = 'registered_population' and period_grain = 'year' and value > 0
),

per_head as (
  select
    f.indicator_code,
    f.indicator_name,
    concat(f.unit, '/人') as unit,
    f.division_code,
    f.division_name,
    f.division_level,
    f.basis,
    f.period,
    'per_head' as series,
    @ratio(f.value, n.persons, 4) as value,
    cast(null as decimal(18,4)) as compared_amount,
    cast(null as decimal(18,4)) as compared_previous_amount,
    greatest(
      n.weakness,
      @weakness(f.status)
    ) as weakness
  from mart_figure as f
  inner join dim_indicator as i
    on i.indicator_code = f.indicator_code and i.adds_up_over_divisions and i.unit = '元'
  inner join population as n on n.division_code = f.division_code and n.period = f.period
  where f.period_grain = 'year'
),

series as (
  select * from added
  union all
  select * from per_head
),

with_year_before as (
  select s.*, b.value as previous_value, greatest(s.weakness, b.weakness) as change_weakness
  from series as s
  inner join dim_period as p on p.period = s.period
  left join series as b
    on b.indicator_code = s.indicator_code
    and b.division_code = s.division_code
    and b.basis = s.basis
    and b.series = s.series
    and b.period = p.previous_period
),

with_change as (
  select
    *,
    case
      when series = 'per_head' then @change_pct(value, previous_value)
      when abs(compared_amount) * 5 >= abs(value) * 4 and abs(compared_previous_amount) * 5 >= abs(previous_value) * 4
        then @change_pct(compared_amount, compared_previous_amount)
    end as change_pct
  from with_year_before
)

select
  indicator_code,
  indicator_name,
  cast(unit as string) as unit,
  division_code,
  division_name,
  division_level,
  period,
  basis,
  series,
  cast(value as decimal(18,4)) as value,
  @status_of(weakness) as status,
  cast(previous_value as decimal(18,4)) as previous_value,
  change_pct,
  case when change_pct is not null then @status_of(change_weakness) end as change_status
from with_change
