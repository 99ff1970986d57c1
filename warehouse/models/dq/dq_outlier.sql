-- Numbers that are far off their own history, last year's, their peers or the form's usual size.
-- grain, key: fact_table x field x delivery_id x sheet_name x sheet_block x sheet_row; sources: dq_outlier_candidate
-- Of several comparisons that a number is far off in, one is shown: a likely slip of unit first, then the nearest basis.
select *
from dq_outlier_candidate
qualify row_number() over (
  partition by fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row
  order by
    case when slip is null then 1 else 0 end nulls last,
    case basis
      when 'history' then 1 when 'last_year' then 2 when 'next_year' then 3 when 'delivery' then 4 else 5
    end nulls last
) = 1
