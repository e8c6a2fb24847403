-- When all images were due to be scanned the last time, and which time of the day that was.
CREATE TABLE registry.daily_scan (
    only_one      boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    second_of_day int        NOT NULL,
    due_at        timestamptz NOT NULL
);
