-- title: 各表中的党组织代码应见于党组织名录
-- table: dim_party_org
-- kind: reference
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with named_org as (
  select delivery_id, org_code from fact_secretary_rating
  union
  select delivery_id, org_code from fact_weak_party_org
  union
  select delivery_id, org_code from fact_dispatched_cadre
  union
  select delivery_id, org_code from fact_member_points
)

select n.delivery_id, n.org_code
from named_org as n
anti join dim_party_org as o on o.org_code = n.org_code
