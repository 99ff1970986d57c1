-- What agri-processing came to in its latest year; a single row, of nulls where nothing is reported.
-- source: mart_agri_processing
select
  max(year) as year,
  sum(sales_revenue_yuan) as sales_revenue_yuan,
  sum(output_value_yuan) as output_value_yuan
from mart_agri_processing
where year = (select max(year) from mart_agri_processing)
