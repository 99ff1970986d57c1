-- Values of figures, with what of them is comparable with last year, carried or doubtful; their status is mart_figure's.
-- grain, key: indicator_code x division_code x period x basis
-- sources: mart_figure_amount, mart_figure_doubt, dim_indicator, dim_period
-- A division has a figure for each period in which a delivery in force has a row on it; a ratio or growth, where
-- one also has a row of the denominator. What lies in no township has one only of indicators that add up.
with doubtful as (
  select
    indicator_code,
    period,
    basis,
    county_code,
    division_code,
    sum(doubtful_rows) as doubtful_rows,
    max(case when term <> 'denominator' then doubtful_amount end) as doubtful_amount,
    max(case when term = 'denominator' then doubtful_amount end) as doubtful_denominator
  from mart_figure_doubt
  group by indicator_code, period, basis, county_code, division_code
),

side_by_side as (
  select
    a.indicator_code,
    a.period,
    a.basis,
    a.county_code,
    a.division_code,
    i.indicator_name,
    i.unit,
    i.kind,
    i.disputed,
    p.grain as period_grain,
    p.previous_period,
    a.amount,
    d.amount as denominator,
    a.compared_amount,
    a.compared_previous_amount,
    d.compared_amount as compared_denominator,
    d.compared_previous_amount as compared_previous_denominator,
    a.same_amount,
    a.same_previous_amount,
    a.carried_amount,
    coalesce(d.source_rows, a.source_rows) as source_rows,
    greatest(a.flagged_rows, coalesce(d.flagged_rows, 0)) as flagged_rows,
    greatest(a.corrected_rows, coalesce(d.corrected_rows, 0)) as corrected_rows,
    a.missing_cells + coalesce(d.missing_cells, 0) as missing_cells,
    coalesce(q.doubtful_rows, 0) as doubtful_rows,
    q.doubtful_amount,
    q.doubtful_denominator,
    cast(a.amount - case when i.kind = 'growth' then d.amount else 0 end as decimal(18,4)) as dividend,
    i.unit = '%' as is_in_percent
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
  left join doubtful as q
    on q.indicator_code = a.indicator_code
    and q.period = a.period
    and q.basis = a.basis
    and q.county_code = a.county_code
    and q.division_code = a.division_code
  where (a.term = 'value' or a.term = 'numerator' and d.term is not null)
    and (a.division_code <> 'unassigned' or i.adds_up_over_divisions)
),

with_values as (
  select
    *,
    case
      when kind not in ('ratio', 'growth') then amount
      when is_in_percent then @percent(dividend, denominator, 4)
      else @ratio(dividend, denominator, 4)
    end as value,
    case
      when kind = 'growth' then null
      when kind <> 'ratio' then compared_amount
      when is_in_percent then @percent(compared_amount, compared_denominator, 4)
      else @ratio(compared_amount, compared_denominator, 4)
    end as compared_value,
    case
      when kind = 'growth' then null
      when kind <> 'ratio' then compared_previous_amount
      when is_in_percent then @percent(compared_previous_amount, compared_previous_denominator, 4)
      else @ratio(compared_previous_amount, compared_previous_denominator, 4)
    end as compared_previous_value,
    abs(case when kind = 'ratio' then denominator else amount end) as size,
    abs(case when kind = 'ratio' then compared_denominator else compared_amount end) as compared_size,
    abs(
      case when kind = 'ratio' then compared_previous_denominator else compared_previous_amount end
    ) as compared_previous_size,
    greatest(
      coalesce(@ratio(abs(doubtful_amount), abs(amount), 6), 0),
      coalesce(@ratio(abs(doubtful_denominator), abs(denominator), 6), 0)
    ) as doubtful_share,
    @ratio(abs(carried_amount), abs(amount), 6) as carried_share
  from side_by_side
)

select
  indicator_code,
  indicator_name,
  unit,
  kind,
  disputed,
  county_code,
  division_code,
  period,
  period_grain,
  previous_period,
  basis,
  cast(value as decimal(18,4)) as value,
  case when kind in ('ratio', 'growth') then amount end as numerator,
  denominator,
  cast(compared_value as decimal(18,4)) as compared_value,
  cast(compared_previous_value as decimal(18,4)) as compared_previous_value,
  cast(size as decimal(18,4)) as size,
  cast(compared_size as decimal(18,4)) as compared_size,
  cast(compared_previous_size as decimal(18,4)) as compared_previous_size,
  same_amount,
  same_previous_amount,
  carried_amount,
  cast(cast(least(carried_share, 1) as decimal(9,4)) * 100 as decimal(9,2)) as carried_pct,
  source_rows,
  flagged_rows,
  corrected_rows,
  cast(missing_cells as bigint) as missing_cells,
  cast(doubtful_rows as bigint) as doubtful_rows,
  cast(cast(least(doubtful_share, 1) as decimal(9,4)) * 100 as decimal(9,2)) as affected_pct
from with_values
