-- The sessions of the present-day API, under the hashes of their ids. One ends when the password of its user changes.
CREATE TABLE registry.session (
    hash                bytea       PRIMARY KEY,
    user_id             uuid        NOT NULL REFERENCES tenancy.user_account ON DELETE CASCADE,
    password_changed_at timestamptz NOT NULL,
    used_at             timestamptz NOT NULL
);
CREATE INDEX session_by_use ON registry.session (used_at);
