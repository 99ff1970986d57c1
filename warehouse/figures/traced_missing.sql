-- What a figure still lacks: deliveries that are due and did not come, and units that those in force leave out.
-- grain: delivery, or unit; sources: dim_indicator_form, dim_period, dim_delivery_period, dq_expected_delivery,
-- dq_missing_unit, dim_reporter, dim_division
-- parameters: indicator_code, period, division_code
with figure as (
  select $indicator_code as indicator_code, $period as period, $division_code as division_code
),

needed as (
  select f.division_code, n.*, p.period, coalesce(n.since_date, p.start_date) as start_date, p.end_date
  from figure as f
  inner join dim_period as p on p.period = f.period
  inner join dim_indicator_form as n
    on n.indicator_code = f.indicator_code and n.period_grain = p.grain and n.year_role = 'current'
),

expected as (
  select
    n.division_code,
    n.needs,
    n.is_dated,
    n.end_date,
    e.*,
    r.reporter_name,
    r.division_code as reporting_division_code,
    max(case when e.state = 'in_force' then e.period_end_date end) over reporter as last_received_date,
    min(case when e.period_end_date >= n.end_date then e.period_end_date end) over reporter as covering_date
  from needed as n
  inner join dq_expected_delivery as e on e.staged_table = n.staged_table and e.period_end_date >= n.start_date
  inner join dim_reporter as r on r.reporter_code = e.reporter_code and r.is_current
  where (n.is_dated and n.needs = 'last' or e.period_end_date <= n.end_date)
    and (n.reporter_code is null or n.reporter_code = e.reporter_code)
  window reporter as (partition by e.staged_table, e.reporter_code)
),

missing_delivery as (
  select '缺报' as what, form_title, reporter_name, period, cast(null as varchar) as unit_name
  from expected
  where state in ('missing', 'held')
    and case
      when needs = 'every' then true
      when is_dated then period_end_date = covering_date
      else period_end_date > coalesce(last_received_date, date '1900-01-01')
    end
    and (
      division_code like '%000000'
      or reporting_division_code like '%000000'
      or reporting_division_code in (division_code, concat(left(division_code, 9), '000'))
    )
),

missing_unit as (
  select '漏报' as what, d.form_title, r.reporter_name, u.period, u.unit_name
  from needed as n
  inner join dq_missing_unit as u on u.staged_table = n.staged_table
  inner join dim_delivery_period as w
    on w.delivery_id = u.delivery_id and w.period = n.period and w.year_role = 'current'
  inner join dq_delivery as d on d.delivery_id = u.delivery_id
  inner join dim_reporter as r on r.reporter_code = u.reporter_code and r.is_current
  left join dim_division as v on v.division_key = u.division_key
  where not n.is_dated and (n.needs = 'every' or w.is_latest)
    and n.division_code in (v.division_code, v.township_code, concat(v.county_code, '000000'))
),

missing_cell as (
  select
    '缺数' as what,
    d.form_title,
    p.reporter_name,
    d.period,
    concat_ws('!', nullif(c.sheet_name, ''), c.cell) as unit_name
  from mart_figure_cell as c
  inner join dq_delivery as d on d.delivery_id = c.delivery_id
  inner join dim_reporter as p on p.reporter_code = d.reporter_code and p.is_current
  where c.indicator_code = $indicator_code and c.period = $period and c.is_missing
    and $division_code in (c.place_code, c.township_code, concat(c.county_code, '000000'))
)

select distinct * from missing_delivery
union all
select distinct * from missing_unit
union all
select distinct * from missing_cell
order by what, form_title, reporter_name, period, unit_name
