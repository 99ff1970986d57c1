-- 问题: 哪些认证产品在未来半年内到期？
-- 答法: 取最近一份台账，从其时点（年末）起六个月，只列时点仍有效的证书；到期那天仍有效。续展后换新编号，
-- 台账中同一产品有新证的，旧证到期不影响计数。地理标志长期有效，不会列出。
with latest as (
  select max(as_of_date) as as_of_date
  from fact_certified_product
)

select
  c.product_name as "产品",
  c.holder_name as "持证主体",
  c.certification as "认证类别",
  c.certificate_number as "证书编号",
  t.canonical_name as "产地乡镇",
  c.valid_to_date as "有效期止",
  date_diff('day', c.as_of_date, c.valid_to_date) as "距到期（天）"
from fact_certified_product as c
inner join latest as l on l.as_of_date = c.as_of_date
left join dim_division as t on t.division_key = c.division_key and t.division_code = c.township_code
where c.is_valid_on_as_of and c.valid_to_date <= c.as_of_date + interval 6 month
order by c.valid_to_date, c.certificate_number
