-- When all images were last sent to the scanner through the 2017 API, which allows it once in two hours.
CREATE TABLE registry.classic_scan_all (
    only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    started_at timestamptz NOT NULL
);
