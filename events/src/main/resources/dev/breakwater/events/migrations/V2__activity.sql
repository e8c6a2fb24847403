-- How many events came and how attempts went, by minute. Each node adds to rows of its own every few seconds, so no row
-- is one that all writers have to lock; what a crash loses is missing from charts and nowhere else.
CREATE TABLE activity (
    workspace_id uuid        NOT NULL,
    minute       timestamptz NOT NULL,
    node         uuid        NOT NULL,
    events       bigint      NOT NULL,
    delivered    bigint      NOT NULL,
    failed       bigint      NOT NULL,
    PRIMARY KEY (workspace_id, minute, node)
);
CREATE INDEX activity_by_age ON activity (minute);

-- The deliveries that people look for, among millions that went well.
CREATE INDEX delivery_in_trouble ON delivery (workspace_id, id) WHERE status IN ('retrying', 'failed', 'canceled');
