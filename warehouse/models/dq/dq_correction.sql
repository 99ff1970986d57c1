-- Cells that are read otherwise than the file says: who, when, why, and whether it still holds.
-- grain, key: correction_id; sources: source_correction
select * from source_correction
