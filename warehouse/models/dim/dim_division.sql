-- Divisions with their validity, the unknown member, and what lies in no township.
-- grain: division_code x valid_from; key: division_key (code@valid_from)
-- sources: ref_division
-- Every date falls in one version's [lookup_from, lookup_to), also after the code has left the list: a place
-- without a stated successor keeps its amounts and its parent.
with version as (
  select
    *,
    row_number() over (partition by division_code order by valid_from nulls first) as version_number,
    lead(valid_from) over (partition by division_code order by valid_from nulls first) as next_valid_from
  from ref_division
),

listed as (
  select
    concat(division_code, '@', cast(valid_from as string)) as division_key,
    division_code,
    name,
    canonical_name,
    level,
    parent_code,
    urban_rural_code,
    valid_from,
    valid_to,
    case when version_number = 1 then date '1900-01-01' else valid_from end as lookup_from,
    coalesce(next_valid_from, date '9999-12-31') as lookup_to,
    code_known as is_code_known,
    list_row,
    list_sha256
  from version
),

with_parents as (
  select
    d.*,
    p.level as parent_level,
    p.canonical_name as parent_name,
    g.division_code as grandparent_code,
    g.canonical_name as grandparent_name
  from listed as d
  left join listed as p
    on p.division_code = d.parent_code and d.valid_from >= p.lookup_from and d.valid_from < p.lookup_to
  left join listed as g
    on g.division_code = p.parent_code and d.valid_from >= g.lookup_from and d.valid_from < g.lookup_to
),

with_ancestors as (
  select
    *,
    case
      when level in ('township', 'town', 'subdistrict', 'zone') then division_code
      when parent_level in ('township', 'town', 'subdistrict', 'zone') then parent_code
    end as township_code,
    case
      when level in ('township', 'town', 'subdistrict', 'zone') then canonical_name
      when parent_level in ('township', 'town', 'subdistrict', 'zone') then parent_name
    end as township_name,
    case
      when level = 'county' then division_code
      when parent_level = 'county' then parent_code
      else grandparent_code
    end as county_division_code,
    case
      when level = 'county' then canonical_name
      when parent_level = 'county' then parent_name
      else grandparent_name
    end as county_name
  from with_parents
),

member as (
  select 'unknown' as code, '未知' as name
  union all
  select 'unassigned' as code, '未分乡镇' as name
)

select
  division_key,
  division_code,
  name,
  canonical_name,
  level,
  parent_code,
  township_code,
  township_name,
  substr(county_division_code, 1, 6) as county_code,
  county_name,
  urban_rural_code,
  valid_from,
  valid_to,
  lookup_from,
  lookup_to,
  is_code_known,
  list_row,
  list_sha256
from with_ancestors
union all
select
  code as division_key,
  code as division_code,
  name,
  name as canonical_name,
  code as level,
  cast(null as string) as parent_code,
  code as township_code,
  name as township_name,
  cast(null as string) as county_code,
  cast(null as string) as county_name,
  cast(null as string) as urban_rural_code,
  date '1900-01-01' as valid_from,
  cast(null as date) as valid_to,
  date '1900-01-01' as lookup_from,
  date '9999-12-31' as lookup_to,
  false as is_code_known,
  cast(null as integer) as list_row,
  cast(null as string) as list_sha256
from member
