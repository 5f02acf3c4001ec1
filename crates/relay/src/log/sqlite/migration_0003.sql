-- A shop's newest place is that of its last event, or of the last one dropped: it is written with the event and
-- nowhere else, because the shop's own page with each commit was a sixth of the writer's work.
ALTER TABLE shop ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped >= 0);
UPDATE shop SET dropped = dropped_through;
ALTER TABLE shop DROP COLUMN dropped_through;
ALTER TABLE shop DROP COLUMN newest;
ALTER TABLE shop RENAME COLUMN dropped TO dropped_through;
