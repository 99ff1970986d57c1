-- 问题: 各级财政安排衔接资金多少，各占几成，支付到什么程度？
-- 答法: 取最近一年。安排金额各级互不包含，可以相加；支付率为年末已支付占安排，未支付的可能结转下年，不是结余。
with latest_year as (
  select max(year) as year
  from fact_fiscal_fund
),

by_level as (
  select
    f.level,
    count(*) filter (where f.year = l.year) as projects,
    sum(f.budgeted_yuan) filter (where f.year = l.year) as budgeted,
    sum(f.paid_yuan) filter (where f.year = l.year) as paid,
    sum(f.budgeted_yuan) filter (where f.year = l.year - 1) as previous_budgeted
  from fact_fiscal_fund as f
  cross join latest_year as l
  group by f.level
)

select
  level as "资金级次",
  projects as "项目（个）",
  budgeted as "安排金额（元）",
  cast(100 * budgeted / nullif(sum(budgeted) over (), 0) as decimal(9,2)) as "占各级合计（%）",
  cast(100 * (budgeted - previous_budgeted) / nullif(previous_budgeted, 0) as decimal(18,2)) as "安排同比（%）",
  paid as "支付金额（元）",
  cast(100 * paid / nullif(budgeted, 0) as decimal(9,2)) as "支付率（%）"
from by_level
order by list_position(['中央', '省级', '市级', '区级'], level)
