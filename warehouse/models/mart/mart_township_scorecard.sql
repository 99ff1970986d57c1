-- Figures of a township or town in a year, side by side. A further figure is a line in each step.
-- grain, key: township_code x year; sources: mart_figure
with figures as (
  select division_code, division_name, period, indicator_code, value, status
  from mart_figure
  where division_level in ('township', 'town')
    and period_grain = 'year'
    and basis = 'period'
    and indicator_code in (
      'agri_processing_sales_revenue',
      'agri_processing_output_value',
      'rural_tourism_visits',
      'rural_tourism_revenue',
      'farm_loan_disbursed',
      'rural_waste_treatment_rate',
      'village_bus_coverage_rate',
      'sanitary_toilet_coverage_rate',
      'toilet_renovated_count'
    )
),

side_by_side as (
  select
    division_code as township_code,
    period,
    max(division_name) as township_name,
    max(case when indicator_code = 'agri_processing_sales_revenue' then value end) as agri_sales_revenue,
    max(case when indicator_code = 'agri_processing_output_value' then value end) as agri_output_value,
    max(case when indicator_code = 'rural_tourism_visits' then value end) as tourism_visits,
    max(case when indicator_code = 'rural_tourism_revenue' then value end) as tourism_revenue,
    max(case when indicator_code = 'farm_loan_disbursed' then value end) as farm_loans,
    max(case when indicator_code = 'rural_waste_treatment_rate' then value end) as waste_treatment,
    max(case when indicator_code = 'village_bus_coverage_rate' then value end) as bus_coverage,
    max(case when indicator_code = 'sanitary_toilet_coverage_rate' then value end) as sanitary_toilets,
    max(case when indicator_code = 'toilet_renovated_count' then value end) as toilets_new,
    sum(case when status <> 'final' then 1 else 0 end) as unsettled
  from figures
  group by division_code, period
)

select
  township_code,
  cast(period as integer) as year,
  township_name,
  cast(agri_sales_revenue as decimal(18,2)) as agri_sales_revenue_yuan,
  cast(agri_output_value as decimal(18,2)) as agri_output_value_yuan,
  cast(tourism_visits as bigint) as rural_tourism_visits,
  cast(tourism_revenue as decimal(18,2)) as rural_tourism_revenue_yuan,
  cast(farm_loans as decimal(18,2)) as farm_loans_disbursed_yuan,
  cast(waste_treatment as decimal(9,4)) as waste_treatment_pct,
  cast(bus_coverage as decimal(9,4)) as villages_with_bus_pct,
  cast(sanitary_toilets as decimal(9,4)) as sanitary_toilet_pct,
  cast(toilets_new as bigint) as toilets_new_households,
  cast(unsettled as bigint) as unsettled_figures
from side_by_side
