-- title: 乡镇各集群的销售收入与产值之比应在三倍以内
-- table: mart_agri_processing
-- kind: plausibility
-- importance: low
-- missing: never_skip
-- blocking: false
select year, township_code, cluster, sales_revenue_yuan, output_value_yuan
from mart_agri_processing
where sales_revenue_yuan > 3 * output_value_yuan or output_value_yuan > 3 * sales_revenue_yuan
