-- title: 贷款余额事实表的各次报送行数与余额应等于已接收的借据
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
with staged as (
  select delivery_id, count(*) as rows, sum(balance_yuan) as balance
  from staged_loan_note
  group by delivery_id
),

built as (
  select delivery_id, count(*) as rows, sum(balance_yuan) as balance
  from fact_loan_balance
  group by delivery_id
)

select coalesce(s.delivery_id, b.delivery_id) as delivery_id, s.rows as staged_rows, b.rows as built_rows
from staged as s
full join built as b on b.delivery_id = s.delivery_id
where s.rows is distinct from b.rows or s.balance is distinct from b.balance
