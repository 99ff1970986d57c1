-- title: 贷款发放应与来源一一对应：报送流水的机构按发放与冲销流水，其余机构每张有金额的借据一次（只差前导零的算一张）
-- table: fact_loan_disbursement
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
with grants as (
  select reporter_code, count(*) as events
  from staged_loan_transaction
  where transaction_type in ('发放', '冲销发放')
  group by reporter_code
),

lender as (
  select
    reporter_code,
    min(period) = max(period) and max(case when note_number like '0%' then 1 else 0 end) = 0 as lists_notes_once
  from staged_loan_note
  where amount_yuan is not null
    and reporter_code not in (select distinct reporter_code from staged_loan_transaction)
  group by reporter_code
),

-- What one snapshot lists without leading zeros is different by its key, and need not be distinguished again.
notes as (
  select n.reporter_code, count(*) as events
  from staged_loan_note as n
  inner join lender as l on l.reporter_code = n.reporter_code and l.lists_notes_once
  where n.amount_yuan is not null
  group by n.reporter_code
  union all
  select n.reporter_code, count(distinct @unpadded(n.note_number)) as events
  from staged_loan_note as n
  inner join lender as l on l.reporter_code = n.reporter_code and not l.lists_notes_once
  where n.amount_yuan is not null
  group by n.reporter_code
),

expected as (
  select * from grants
  union all
  select * from notes
),

built as (
  select institution_code, count(*) as events
  from fact_loan_disbursement
  group by institution_code
)

select
  coalesce(e.reporter_code, b.institution_code) as institution_code,
  e.events as expected_events,
  b.events as built_events
from expected as e
full join built as b on b.institution_code = e.reporter_code
where e.events is distinct from b.events
