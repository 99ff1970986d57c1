-- Figures: indicators by division and period, with what they rest on, what is in doubt, and last year's.
-- grain, key: indicator_code x division_code x period x basis
-- sources: mart_figure_value, mart_figure_coverage, mart_figure_completeness, dim_division, dq_settled_period
-- Deliveries are missing over the forms that the indicator needs of every reporter who reports on the division, or on one
-- above or below it. A change is of the parts that both years have, where these are four fifths of either; its status is
-- the weaker of both years'.
with placed as (
  select
    v.*,
    d.canonical_name,
    d.level,
    concat(v.county_code, '000000') as county_division_code,
    case
      when v.division_code <> concat(v.county_code, '000000') and substr(v.division_code, 1, 6) = v.county_code
        then v.division_code
    end as own_division_code,
    case
      when d.township_code <> v.division_code and substr(d.township_code, 1, 6) = v.county_code
        then d.township_code
    end as upper_division_code
  from mart_figure_value as v
  left join dim_division as d on d.division_code = v.division_code and d.lookup_to = date '9999-12-31'
),

within_county as (
  select
    indicator_code,
    period,
    concat(substr(division_code, 1, 6), '000000') as county_division_code,
    sum(missing_deliveries) as missing_deliveries,
    min(missing_reporter) as missing_reporter,
    sum(behind_reporters) as behind_reporters,
    max(case when awaits_more then 1 else 0 end) as awaits_more,
    min(carried_from) as carried_from,
    sum(rejected_rows) as rejected_rows,
    sum(disagreeing_totals) as disagreeing_totals
  from mart_figure_completeness
  group by indicator_code, period, concat(substr(division_code, 1, 6), '000000')
),

of_county as (
  select
    f.*,
    coalesce(w.missing_deliveries, 0) as missing_deliveries,
    w.missing_reporter,
    coalesce(w.behind_reporters, 0) as behind_reporters,
    coalesce(w.awaits_more = 1, false) as awaits_more,
    case when f.carried_amount is not null then w.carried_from end as carried_from,
    coalesce(w.rejected_rows, 0) as rejected_rows,
    coalesce(w.disagreeing_totals, 0) as disagreeing_totals
  from placed as f
  left join within_county as w
    on w.indicator_code = f.indicator_code
    and w.period = f.period
    and w.county_division_code = f.county_division_code
  where f.division_code = f.county_division_code
),

-- What is missing for any other division is what its own reporters, its township's and its county's have not sent.
of_place as (
  select
    f.*,
    coalesce(o.missing_deliveries, 0) + coalesce(u.missing_deliveries, 0) + coalesce(c.missing_deliveries, 0)
      as missing_deliveries,
    coalesce(o.missing_reporter, u.missing_reporter, c.missing_reporter) as missing_reporter,
    coalesce(o.behind_reporters, 0) + coalesce(u.behind_reporters, 0) + coalesce(c.behind_reporters, 0)
      as behind_reporters,
    coalesce(o.awaits_more, false) or coalesce(u.awaits_more, false) or coalesce(c.awaits_more, false)
      as awaits_more,
    case when f.carried_amount is not null then coalesce(o.carried_from, u.carried_from, c.carried_from) end as carried_from,
    coalesce(o.rejected_rows, 0) + coalesce(u.rejected_rows, 0) + coalesce(c.rejected_rows, 0) as rejected_rows,
    coalesce(o.disagreeing_totals, 0) + coalesce(u.disagreeing_totals, 0) + coalesce(c.disagreeing_totals, 0)
      as disagreeing_totals
  from placed as f
  left join mart_figure_completeness as o
    on o.indicator_code = f.indicator_code and o.period = f.period and o.division_code = f.own_division_code
  left join mart_figure_completeness as u
    on u.indicator_code = f.indicator_code and u.period = f.period and u.division_code = f.upper_division_code
  left join mart_figure_completeness as c
    on c.indicator_code = f.indicator_code and c.period = f.period and c.division_code = f.county_division_code
  where f.division_code <> f.county_division_code
),

with_deliveries as (
  select * from of_county
  union all
  select * from of_place
),

with_completeness as (
  select
    f.*,
    u.expected_units,
    u.reported_units,
    u.missing_units,
    u.missing_unit,
    s.period is not null as is_settled
  from with_deliveries as f
  left join mart_figure_coverage as u
    on u.indicator_code = f.indicator_code and u.period = f.period and u.division_code = f.division_code
  left join dq_settled_period as s on s.period = f.period
),

with_causes as (
  select
    *,
    case
      when missing_deliveries > 0 or rejected_rows > 0 or missing_cells > 0 or coalesce(missing_units, 0) > 0
        then 'incomplete'
      when awaits_more or carried_from is not null then 'provisional'
      else 'final'
    end as coverage_as_it_came,
    case
      when disputed is not null or disagreeing_totals > 0 then 'disputed'
      when doubtful_rows > 0 then 'questioned'
      else 'none'
    end as doubt
  from with_completeness
),

with_status as (
  select
    *,
    case when is_settled then 'final' else coverage_as_it_came end as coverage_status,
    case
      when doubt <> 'none' then doubt
      when is_settled then 'final'
      else coverage_as_it_came
    end as status,
    concat_ws(
      '；',
      case when is_settled and coverage_as_it_came <> 'final' then '已定稿，以下缺项不再等' end,
      case
        when missing_deliveries > 0
          then concat('缺报 ', cast(missing_deliveries as string), ' 份（', missing_reporter,
            case when missing_deliveries > 1 then '等）' else '）' end)
      end,
      case when behind_reporters > 0 then concat(cast(behind_reporters as string), ' 个单位的数只到较早的一期') end,
      case
        when missing_units > 0
          then concat('漏报 ', cast(missing_units as string), ' 个',
            coalesce(concat('（', missing_unit, case when missing_units > 1 then '等）' else '）' end), ''))
      end,
      case when missing_cells > 0 then concat('缺数 ', cast(missing_cells as string), ' 格') end,
      case when rejected_rows > 0 then concat('退回 ', cast(rejected_rows as string), ' 行') end,
      case when awaits_more then '尚待报送' end,
      case
        when carried_from is not null
          then concat('沿用 ', cast(carried_from as string), ' 的数',
            coalesce(concat('，占 ', cast(carried_pct as string), '%'), ''))
      end,
      case when disputed is not null then '定义有争议' end,
      case when disagreeing_totals > 0 then concat('合计不符 ', cast(disagreeing_totals as string), ' 个') end,
      case
        when doubtful_rows > 0
          then concat('待核 ', cast(doubtful_rows as string), ' 行，占 ', cast(affected_pct as string), '%')
      end
    ) as status_reasons
  from with_causes
),

-- The year before is this indicator's published figure of the same period a year earlier.
with_year_before as (
  select
    f.*,
    b.value as previous_value,
    case
      when f.compared_value is null or b.value is null then false
      else f.compared_size * 5 >= f.size * 4 and f.compared_previous_size * 5 >= b.size * 4
    end as is_comparable,
    @status_of(greatest(@weakness(f.status), @weakness(b.status))) as weaker_status
  from with_status as f
  left join with_status as b
    on b.indicator_code = f.indicator_code
    and b.period = f.previous_period
    and b.basis = f.basis
    and b.county_code = f.county_code
    and b.division_code = f.division_code
),

with_change as (
  select
    *,
    case when is_comparable then compared_value - compared_previous_value end as change_value,
    case
      when is_comparable and kind <> 'growth' and unit <> '%'
        then @change_pct(compared_value, compared_previous_value)
    end as change_pct
  from with_year_before
)

select
  indicator_code,
  indicator_name,
  unit,
  division_code,
  coalesce(canonical_name, '未知') as division_name,
  coalesce(level, 'unknown') as division_level,
  period,
  period_grain,
  basis,
  value,
  numerator,
  denominator,
  source_rows,
  flagged_rows,
  corrected_rows,
  cast(expected_units as bigint) as expected_units,
  cast(reported_units as bigint) as reported_units,
  cast(missing_units as bigint) as missing_units,
  cast(missing_cells as bigint) as missing_cells,
  cast(missing_deliveries as bigint) as missing_deliveries,
  cast(rejected_rows as bigint) as rejected_rows,
  cast(doubtful_rows as bigint) as doubtful_rows,
  case when doubtful_rows > 0 then affected_pct end as affected_pct,
  case when carried_from is not null then carried_pct end as carried_pct,
  coverage_status,
  doubt,
  is_settled,
  status,
  status_reasons,
  case
    when value is null and missing_cells > 0 then 'L'
    when value is null then 'M'
    when division_code = 'unassigned' then 'W'
    when status in ('disputed', 'incomplete') then 'U'
    when status = 'questioned' then 'V'
    when carried_from is not null and not is_settled then 'I'
    when status = 'provisional' then 'P'
    else 'A'
  end as observation_status,
  previous_value,
  cast(change_value as decimal(18,4)) as change_value,
  change_pct,
  case
    when is_comparable and kind <> 'ratio' then @change_pct(same_amount, same_previous_amount)
  end as change_pct_same_units,
  case when change_value is not null then weaker_status end as change_status
from with_change
