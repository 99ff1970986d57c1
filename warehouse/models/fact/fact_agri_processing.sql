-- Agricultural processing as reported, cumulative within the year, with the quarter's own flow beside it.
-- grain, key: credit_code x year x quarter; sources: staged_agri_processing, dim_enterprise, dim_reporter, dim_division
with dated as (
  select
    *,
    cast(substr(period, 1, 4) as integer) as year,
    cast(substr(period, 7, 1) as integer) as quarter,
    cast(
      concat(
        substr(period, 1, 4),
        case substr(period, 6, 2)
          when 'Q1' then '-03-31' when 'Q2' then '-06-30' when 'Q3' then '-09-30' when 'Q4' then '-12-31'
        end
      ) as date
    ) as quarter_end_date
  from staged_agri_processing
),

quarter_before as (
  select
    credit_code,
    year,
    quarter + 1 as next_quarter,
    sales_revenue_ytd_yuan,
    output_value_ytd_yuan
  from dated
),

with_flow as (
  select
    d.*,
    case
      when d.quarter = 1 then d.sales_revenue_ytd_yuan
      else cast(d.sales_revenue_ytd_yuan - b.sales_revenue_ytd_yuan as decimal(18,2))
    end as sales_revenue_quarter_yuan,
    case
      when d.quarter = 1 then d.output_value_ytd_yuan
      else cast(d.output_value_ytd_yuan - b.output_value_ytd_yuan as decimal(18,2))
    end as output_value_quarter_yuan
  from dated as d
  left join quarter_before as b
    on b.credit_code = d.credit_code and b.year = d.year and b.next_quarter = d.quarter
)

select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.credit_code,
  f.year,
  f.quarter,
  f.reporter_code,
  e.enterprise_key,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(r.division_code, 'unknown') as township_code,
  f.cluster,
  f.leading_level,
  f.is_above_scale,
  f.sales_revenue_ytd_yuan,
  f.output_value_ytd_yuan,
  f.sales_revenue_quarter_yuan,
  f.output_value_quarter_yuan
from with_flow as f
left join dim_reporter as r
  on r.reporter_code = f.reporter_code
  and f.quarter_end_date >= r.lookup_from
  and f.quarter_end_date < r.lookup_to
left join dim_enterprise as e
  on e.credit_code = f.credit_code
  and f.quarter_end_date >= e.lookup_from
  and f.quarter_end_date < e.lookup_to
left join dim_division as v
  on v.division_code = r.division_code
  and f.quarter_end_date >= v.lookup_from
  and f.quarter_end_date < v.lookup_to
