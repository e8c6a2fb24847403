-- A blob whose bytes are not what its digest names is doomed like one whose bytes are missing, so that it counts as
-- absent and the next push brings it back.
ALTER TABLE registry.blob ADD COLUMN damaged_at timestamptz;
-- When it was brought back or found sound again, since it was damaged or missing the last time.
ALTER TABLE registry.blob ADD COLUMN healed_at timestamptz;
