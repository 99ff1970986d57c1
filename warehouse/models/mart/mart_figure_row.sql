-- The fact rows that each figure comes from, of this year and of the year before; a view.
-- grain: indicator_code x term x period x year_role x fact row
-- sources: the table of each indicator's terms, dim_delivery_period, dim_period, dim_division
@figure_rows()
