-- What the program publishes of the workbooks, as the peers write it.
-- sources: fact_agri_processing, dim_division

-- result: clusters
select
  d.canonical_name,
  f.period,
  f.cluster,
  count(*),
  sum(f.sales_revenue_ytd_yuan),
  sum(f.output_value_ytd_yuan)
from fact_agri_processing as f
inner join dim_division as d on d.division_key = f.division_key
group by d.canonical_name, f.period, f.cluster
