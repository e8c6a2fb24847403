CREATE TABLE workspace (
    id                uuid        PRIMARY KEY,
    organization_id   uuid        NOT NULL,
    environment       text        NOT NULL CHECK (environment IN ('live', 'sandbox')),
    name              text        NOT NULL,
    status            text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'archived')),
    suspension_reason text        CHECK (suspension_reason IN ('billing', 'policy')),
    retention_days    integer     NOT NULL DEFAULT 90 CHECK (retention_days >= 0),
    -- Its own rate limit; null for the installation's, 0 a minute for none.
    rate_per_minute   integer     CHECK (rate_per_minute >= 0),
    rate_burst        integer     CHECK (rate_burst >= 0),
    -- Counts every change of the workspace and of its webhooks; an event is only stored when the list of endpoints
    -- that it was matched against is of this version.
    version           bigint      NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL
);
CREATE INDEX workspace_of_organization ON workspace (organization_id, environment, id);

CREATE TABLE webhook (
    id                    uuid        PRIMARY KEY,
    workspace_id          uuid        NOT NULL REFERENCES workspace,
    url                   text        NOT NULL,
    events                text[]      NOT NULL,
    status                text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    -- Secrets are encrypted with the organization's key and bound to the webhook's id.
    secret                bytea       NOT NULL,
    previous_secret       bytea,
    previous_secret_until timestamptz,
    -- The node that holds the open connection of a local forwarder; null for an ordinary HTTPS endpoint.
    forwarder_node        uuid,
    created_at            timestamptz NOT NULL,
    deleted_at            timestamptz
);
CREATE INDEX webhook_of_workspace ON webhook (workspace_id, id);

CREATE TABLE event (
    id           uuid        NOT NULL,
    workspace_id uuid        NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    payload      text        NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX event_of_workspace ON event (workspace_id, id);
CREATE INDEX event_of_type ON event (workspace_id, type, id);

CREATE TABLE delivery (
    id               uuid        NOT NULL,
    workspace_id     uuid        NOT NULL,
    webhook_id       uuid        NOT NULL,
    event_id         uuid        NOT NULL,
    event_type       text        COLLATE "C" NOT NULL,
    -- The API also knows 'delivering' (a node has it) and 'held' (its endpoint is disabled or its workspace
    -- suspended): they follow from lease_owner and from the endpoint, so they can never contradict them.
    status           text        NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'retrying', 'delivered', 'failed', 'canceled')),
    attempt_count    integer     NOT NULL DEFAULT 0,
    -- What causes the next attempt.
    next_trigger     text        NOT NULL DEFAULT 'automatic' CHECK (next_trigger IN ('automatic', 'replay')),
    -- When the next attempt is due; null when there is none.
    due_at           timestamptz,
    -- When all retrying stops: 72 hours after the first attempt of the current schedule; null before that.
    gives_up_at      timestamptz,
    -- Which step of the retry schedule comes next: 1 before the first attempt.
    schedule_step    integer     NOT NULL DEFAULT 1,
    -- The node that has it in memory. No other node touches it as long as that node's database connection lives.
    lease_owner      uuid,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);
CREATE INDEX delivery_of_workspace ON delivery (workspace_id, id);
CREATE INDEX delivery_of_webhook ON delivery (webhook_id, id);
CREATE INDEX delivery_of_event ON delivery (event_id);
-- Work that any node may take, in the order in which each endpoint gets it.
CREATE INDEX delivery_open ON delivery (webhook_id, due_at, id) WHERE due_at IS NOT NULL AND lease_owner IS NULL;
-- Work that a node has taken.
CREATE INDEX delivery_leased ON delivery (lease_owner) WHERE lease_owner IS NOT NULL;

-- Since when the deliveries of a workspace are held: their 72 hours grow by as much when it is active again.
CREATE TABLE delivery_hold (
    workspace_id uuid        PRIMARY KEY,
    since        timestamptz NOT NULL
);

-- Endpoints whose latest attempt failed; only kept where the operator wants such endpoints to be disabled.
CREATE TABLE webhook_failing (
    webhook_id uuid        PRIMARY KEY,
    since      timestamptz NOT NULL,
    latest     timestamptz NOT NULL
);

CREATE TABLE attempt (
    delivery_id      uuid        NOT NULL,
    number           integer     NOT NULL,
    trigger          text        NOT NULL CHECK (trigger IN ('automatic', 'replay')),
    started_at       timestamptz NOT NULL,
    duration_ms      integer     NOT NULL,
    response_status  integer,
    -- A JSON object: lower-case names, values as text.
    response_headers text,
    response_body    text,
    error_code       text,
    PRIMARY KEY (delivery_id, number)
);

-- A bulk replay: which deliveries it means, and how far it has come.
CREATE TABLE replay (
    id             uuid        PRIMARY KEY,
    workspace_id   uuid        NOT NULL,
    webhook_id     uuid,
    event_id       uuid,
    status         text        NOT NULL,
    created_after  timestamptz,
    created_before timestamptz NOT NULL,
    matched        bigint      NOT NULL,
    replayed       bigint      NOT NULL DEFAULT 0,
    skipped        bigint      NOT NULL DEFAULT 0,
    -- The last delivery that was looked at; null before the first.
    position       uuid,
    -- When the next batch may be taken; null when all are done.
    next_batch_at  timestamptz,
    created_at     timestamptz NOT NULL,
    completed_at   timestamptz
);
CREATE INDEX replay_under_way ON replay (next_batch_at) WHERE next_batch_at IS NOT NULL;

CREATE TABLE idempotency (
    workspace_id uuid        NOT NULL,
    -- Method and path of the request.
    route        text        NOT NULL,
    key          text        COLLATE "C" NOT NULL,
    -- SHA-256 of the canonical form of the body.
    fingerprint  bytea       NOT NULL,
    -- The event that the request created; its answer is made from it.
    event_id     uuid,
    -- The answer of any other request, encrypted, because it may hold a signing secret.
    answer       bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, route, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TABLE cursor (
    workspace_id  uuid        NOT NULL,
    list          text        NOT NULL,
    item_id       uuid        NOT NULL,
    handed_out_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, list, item_id)
);
CREATE INDEX cursor_by_age ON cursor (handed_out_at);
