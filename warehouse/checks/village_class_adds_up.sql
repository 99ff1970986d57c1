-- title: 各类村庄之和应等于分类村庄数
-- table: mart_figure
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
with told as (
  select
    division_code,
    period,
    coalesce(sum(value) filter (where indicator_code = 'village_classified_count'), 0) as classified,
    coalesce(sum(value) filter (where indicator_code <> 'village_classified_count'), 0) as of_all_classes
  from mart_figure
  where indicator_code in (
    'village_classified_count',
    'village_class_agglomeration_count',
    'village_class_suburban_count',
    'village_class_protection_count',
    'village_class_relocation_count',
    'village_class_other_count'
  )
  group by division_code, period
)

select division_code, period, classified, of_all_classes
from told
where classified <> of_all_classes
