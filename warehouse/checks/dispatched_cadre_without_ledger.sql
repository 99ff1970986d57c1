-- title: 选派干部所驻的党组织应见于当年的整顿台账
-- table: fact_dispatched_cadre
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select c.year, c.org_code, count(*) as cadres
from fact_dispatched_cadre as c
anti join fact_weak_party_org as w on w.org_code = c.org_code and w.year = c.year
group by c.year, c.org_code
