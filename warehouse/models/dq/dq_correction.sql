-- Corrections of cells: the text in the file, the text read instead, who, when, why, and whether its guard holds.
-- grain, key: correction_id; sources: source_correction
select * from source_correction
