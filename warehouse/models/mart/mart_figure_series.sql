-- Figures of months added up: from January on, January with February, and over twelve months; and amounts per head.
-- grain, key: indicator_code x division_code x period x basis x series
-- sources: mart_figure, mart_figure_amount, dim_indicator, dim_division, dim_period
-- Only figures that add up over time, and only where every month has one. Changes are of the parts that both years have,
-- where these are four fifths of either. Per head is over the registered population of the same year.
with month_figure as (
  select
    f.indicator_code,
    f.division_code,
    f.basis,
    f.period,
    extract(year from p.start_date) as year_number,
    extract(month from p.start_date) as month_of_year,
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

of_year as (
  select
    *,
    count(*) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as months,
    count(value) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as known_months,
    sum(value) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as added_value,
    sum(compared_amount) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as added_compared_amount,
    sum(compared_previous_amount) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as added_compared_previous_amount,
    max(weakness) over (
      partition by indicator_code, division_code, basis, year_number
      order by month_number nulls first range between unbounded preceding and current row
    ) as added_weakness
  from month_figure
),

of_twelve_months as (
  select
    *,
    count(*) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as months,
    count(value) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as known_months,
    sum(value) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as added_value,
    sum(compared_amount) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as added_compared_amount,
    sum(compared_previous_amount) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as added_compared_previous_amount,
    max(weakness) over (
      partition by indicator_code, division_code, basis
      order by month_number nulls first range between 11 preceding and current row
    ) as added_weakness
  from month_figure
),

span as (
  select *, 'year_to_date' as series
  from of_year
  where months = month_of_year
  union all
  select *, 'january_february' as series
  from of_year
  where months = month_of_year and month_of_year = 2
  union all
  select *, 'rolling_12_months' as series
  from of_twelve_months
  where months = 12
),

added as (
  select
    indicator_code,
    division_code,
    basis,
    period,
    series,
    cast(case when known_months = months then added_value end as decimal(18,4)) as value,
    cast(added_compared_amount as decimal(18,4)) as compared_amount,
    cast(added_compared_previous_amount as decimal(18,4)) as compared_previous_amount,
    added_weakness as weakness
  from span
),

population as (
  select division_code, period, value as persons, case status when 'final' then 1 else 3 end as weakness
  from mart_figure
  where indicator_code = 'registered_population' and period_grain = 'year' and value > 0
),

per_head as (
  select
    f.indicator_code,
    f.division_code,
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
  c.indicator_code,
  i.indicator_name,
  cast(case when c.series = 'per_head' then concat(i.unit, '/人') else i.unit end as string) as unit,
  c.division_code,
  coalesce(d.canonical_name, '未知') as division_name,
  coalesce(d.level, 'unknown') as division_level,
  c.period,
  c.basis,
  c.series,
  cast(c.value as decimal(18,4)) as value,
  @status_of(c.weakness) as status,
  cast(c.previous_value as decimal(18,4)) as previous_value,
  c.change_pct,
  case when c.change_pct is not null then @status_of(c.change_weakness) end as change_status
from with_change as c
inner join dim_indicator as i on i.indicator_code = c.indicator_code
left join dim_division as d on d.division_code = c.division_code and d.lookup_to = date '9999-12-31'
