-- title: 抽查的指标数，应等于其各行算得的数
-- table: mart_figure
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
-- among: value is not null
-- Fifty figures, one of an indicator and three of a form at most, others with each delivery that came, of any level of division. Their rows are read from the view that a trace reads.
with candidates as (
  select
    f.indicator_code,
    f.division_code,
    f.period,
    f.basis,
    f.value,
    n.staged_table,
    i.kind,
    i.unit,
    md5(concat(w.deliveries, f.indicator_code, f.division_level)) as level_hash,
    md5(concat(w.deliveries, f.indicator_code, f.division_code, f.period, f.basis)) as figure_hash
  from mart_figure as f
  inner join dim_indicator as i on i.indicator_code = f.indicator_code
  left join (
    select indicator_code, min(staged_table) as staged_table
    from dim_indicator_form
    group by indicator_code
  ) as n on n.indicator_code = f.indicator_code
  cross join (select cast(count(*) as string) as deliveries from dq_delivery) as w
  where f.value is not null
),

of_indicators as (
  select
    *,
    row_number() over (partition by indicator_code order by level_hash, figure_hash) as place_of_indicator
  from candidates
),

of_forms as (
  select
    *,
    row_number() over (partition by staged_table order by figure_hash) as place_of_form
  from of_indicators
  where place_of_indicator = 1
),

in_turn as (
  select *, row_number() over (order by place_of_form, figure_hash) as place
  from of_forms
),

drawn as (
  select *
  from in_turn
  where place_of_form <= 3 and place <= 50
),

terms as (
  select
    d.indicator_code,
    d.division_code,
    d.period,
    d.basis,
    r.term,
    case when r.aggregate = 'count_distinct' then count(distinct r.counted_key) else sum(r.value) end as amount
  from drawn as d
  inner join mart_figure_row as r
    on r.indicator_code = d.indicator_code
    and r.period = d.period
    and r.basis = d.basis
    and d.division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
  where r.is_counted and r.year_role = 'current'
  group by d.indicator_code, d.division_code, d.period, d.basis, r.term, r.aggregate
),

-- No row is nothing: a figure of rows that are not there is zero, a ratio of such a denominator is none.
amounts as (
  select
    d.indicator_code,
    d.division_code,
    d.period,
    d.basis,
    d.kind,
    d.unit,
    d.value,
    cast(coalesce(max(case when t.term <> 'denominator' then t.amount end), 0) as decimal(18,4)) as amount,
    cast(max(case when t.term = 'denominator' then t.amount end) as decimal(18,4)) as denominator
  from drawn as d
  left join terms as t
    on t.indicator_code = d.indicator_code
    and t.division_code = d.division_code
    and t.period = d.period
    and t.basis = d.basis
  group by d.indicator_code, d.division_code, d.period, d.basis, d.kind, d.unit, d.value
),

dividends as (
  select
    *,
    cast(amount - case when kind = 'growth' then denominator else 0 end as decimal(18,4)) as dividend,
    cast(
      cast(amount - case when kind = 'growth' then denominator else 0 end as decimal(28,4)) * 100 as decimal(18,2)
    ) as dividend_pct
  from amounts
),

with_recomputed as (
  select
    *,
    case
      when kind not in ('ratio', 'growth') then amount
      when unit = '%' then @ratio(dividend_pct, denominator, 4)
      else @ratio(dividend, denominator, 4)
    end as recomputed_value
  from dividends
)

select indicator_code, division_code, period, basis, value, recomputed_value
from with_recomputed
where value is distinct from recomputed_value
