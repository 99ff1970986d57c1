-- The figures of an indicator in a period, with the version that they were published in.
-- grain, key: division_code x basis; sources: mart_figure, dim_indicator, warehouse_info
-- parameters: indicator_code, period
select
  f.*, i.kind,
  (select value from warehouse_info where name = 'version') as version,
  (select value = 'true' from warehouse_info where name = 'is_synthetic') as is_synthetic
from mart_figure as f
inner join dim_indicator as i using (indicator_code)
where f.indicator_code = $indicator_code and f.period = $period
order by f.division_code
