-- By this key ids of sessions that this installation gave out are told from invented ones, on every node. Who knows it
-- can do no more than keep an anonymous caller from being given a new id.
CREATE TABLE registry.classic_session_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    secret   bytea   NOT NULL
);
INSERT INTO registry.classic_session_key (secret)
VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- The sessions of the 2017 API that belong, or belonged, to a user; anonymous ones leave no trace.
CREATE TABLE registry.classic_session (
    -- SHA-256 of the id that is in the cookie
    id_hash             bytea       PRIMARY KEY,
    user_id             uuid        NOT NULL REFERENCES tenancy.user_account,
    -- A session ends when the password is changed.
    password_changed_at timestamptz NOT NULL,
    used_at             timestamptz NOT NULL,
    -- An ended one is kept until its id is too old to pass for an anonymous session.
    ended               boolean     NOT NULL DEFAULT false
);
CREATE INDEX classic_session_by_age ON registry.classic_session (used_at);
