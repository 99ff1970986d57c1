-- 问题: 各乡镇农产品加工销售收入多少，比上年同期增长多少？
-- 答法: 取最近一年，截至该乡镇已报的季度（4 为全年）。同比含企业的进出；可比口径只计两年同季都填报的企业，
-- 可比企业少的乡镇，两个同比都要慎用。
with latest_year as (
  select max(year) as year
  from mart_agri_processing
),

township as (
  select
    township_name,
    quarter,
    sum(enterprises) as enterprises,
    sum(matched_enterprises) as matched_enterprises,
    sum(sales_revenue_yuan) as sales,
    sum(previous_sales_revenue_yuan) as previous_sales,
    sum(matched_sales_revenue_yuan) as matched_sales,
    sum(matched_previous_sales_revenue_yuan) as matched_previous_sales
  from mart_agri_processing
  inner join latest_year using (year)
  group by township_name, quarter
)

select
  township_name as "乡镇",
  quarter as "截至季度",
  cast(sales / 10000 as decimal(18,2)) as "销售收入（万元）",
  cast(100 * (sales - previous_sales) / nullif(previous_sales, 0) as decimal(18,2)) as "同比（%）",
  cast(
    100 * (matched_sales - matched_previous_sales) / nullif(matched_previous_sales, 0) as decimal(18,2)
  ) as "可比口径同比（%）",
  matched_enterprises as "可比企业（家）",
  enterprises as "企业（家）"
from township
order by sales desc
