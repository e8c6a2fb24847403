-- One installation is one account; the index lets no second row in.
CREATE TABLE tenancy.account (
    id         text        PRIMARY KEY CHECK (length(id) = 22),
    name       text        NOT NULL,
    -- A key wrapped by the installation key: whoever cannot open it has another key file.
    canary     bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_is_single ON tenancy.account ((true));

CREATE TABLE tenancy.organization (
    id         uuid        PRIMARY KEY,
    identifier text        COLLATE "C" NOT NULL UNIQUE,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE tenancy.organization_key (
    organization_id uuid        PRIMARY KEY REFERENCES tenancy.organization,
    wrapped         bytea       NOT NULL,
    created_at      timestamptz NOT NULL
);

CREATE TABLE tenancy.project (
    id              uuid        PRIMARY KEY,
    organization_id uuid        NOT NULL REFERENCES tenancy.organization,
    identifier      text        COLLATE "C" NOT NULL,
    name            text        NOT NULL,
    created_at      timestamptz NOT NULL,
    UNIQUE (organization_id, identifier)
);

CREATE TABLE tenancy.user_account (
    id                  uuid        PRIMARY KEY,
    username            text        NOT NULL,
    email               text,
    name                text        NOT NULL,
    -- Argon2id with its parameters and salt.
    password_hash       text        NOT NULL,
    password_changed_at timestamptz NOT NULL,
    -- Whether the password is still the one that every fresh installation has.
    default_password    boolean     NOT NULL DEFAULT false,
    administrator       boolean     NOT NULL DEFAULT false,
    disabled            boolean     NOT NULL DEFAULT false,
    created_at          timestamptz NOT NULL,
    -- A deleted user stays for attribution; the name and the address are free again.
    deleted_at          timestamptz
);
CREATE UNIQUE INDEX user_account_username ON tenancy.user_account (lower(username)) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX user_account_email ON tenancy.user_account (lower(email)) WHERE deleted_at IS NULL;

CREATE TABLE tenancy.service_account (
    id              uuid        PRIMARY KEY,
    organization_id uuid        NOT NULL REFERENCES tenancy.organization,
    name            text        NOT NULL,
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX service_account_name ON tenancy.service_account (organization_id, lower(name));

CREATE TABLE tenancy.role (
    id          uuid   PRIMARY KEY,
    identifier  text   COLLATE "C" NOT NULL UNIQUE,
    name        text   NOT NULL,
    -- Where the role may be assigned.
    scope_level text   NOT NULL CHECK (scope_level IN ('account', 'organization', 'project')),
    -- Permission names; '*' stands for all of them, '*_view' for all that end so.
    permissions text[] NOT NULL
);
INSERT INTO tenancy.role (id, identifier, name, scope_level, permissions) VALUES
    ('00000000-0000-7000-8000-000000000001', '_account_admin',       'Account administrator', 'account',      '{*}'),
    ('00000000-0000-7000-8000-000000000002', '_account_viewer',      'Account viewer',        'account',      '{*_view}'),
    ('00000000-0000-7000-8000-000000000003', '_organization_admin',  'Organization administrator', 'organization', '{*}'),
    ('00000000-0000-7000-8000-000000000004', '_organization_viewer', 'Organization viewer',   'organization', '{*_view}'),
    ('00000000-0000-7000-8000-000000000005', '_project_admin',       'Project administrator', 'project',      '{*}'),
    ('00000000-0000-7000-8000-000000000006', '_project_viewer',      'Project viewer',        'project',      '{*_view}');

CREATE TABLE tenancy.role_assignment (
    id                 uuid        PRIMARY KEY,
    role_id            uuid        NOT NULL REFERENCES tenancy.role,
    user_id            uuid        REFERENCES tenancy.user_account,
    service_account_id uuid        REFERENCES tenancy.service_account ON DELETE CASCADE,
    -- Where it applies: both null for the whole account.
    organization_id    uuid        REFERENCES tenancy.organization,
    project_id         uuid        REFERENCES tenancy.project,
    created_at         timestamptz NOT NULL,
    CHECK (num_nonnulls(user_id, service_account_id) = 1),
    CHECK (project_id IS NULL OR organization_id IS NOT NULL),
    UNIQUE NULLS NOT DISTINCT (user_id, service_account_id, role_id, organization_id, project_id)
);
CREATE INDEX role_assignment_of_service_account ON tenancy.role_assignment (service_account_id);

CREATE TABLE tenancy.token (
    id                 uuid        PRIMARY KEY,
    kind               text        NOT NULL CHECK (kind IN ('api_key', 'personal', 'service_account')),
    name               text        NOT NULL,
    -- What is shown of it: how it begins and its last four characters.
    prefix             text        NOT NULL,
    last_four          text        NOT NULL,
    -- SHA-256 of the whole token, which itself is never stored.
    hash               bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    user_id            uuid        REFERENCES tenancy.user_account,
    service_account_id uuid        REFERENCES tenancy.service_account ON DELETE CASCADE,
    organization_id    uuid        REFERENCES tenancy.organization,
    environment        text        CHECK (environment IN ('live', 'sandbox')),
    unrestricted       boolean     NOT NULL,
    scopes             text[]      NOT NULL DEFAULT '{}',
    -- The only resources it reaches; empty for no such narrowing.
    limited_to         uuid[]      NOT NULL DEFAULT '{}',
    -- How often it may call; null for the usual numbers, 0 a minute for as often as it likes.
    rate_per_minute    integer     CHECK (rate_per_minute >= 0),
    rate_burst         integer     CHECK (rate_burst >= 0),
    created_at         timestamptz NOT NULL,
    -- Who made it, spelled as in the audit trail.
    created_by         text        NOT NULL,
    expires_at         timestamptz,
    revoked_at         timestamptz,
    last_used_at       timestamptz,
    CHECK (kind <> 'api_key' OR (organization_id IS NOT NULL AND environment IS NOT NULL)),
    CHECK ((kind = 'personal') = (user_id IS NOT NULL)),
    CHECK ((kind = 'service_account') = (service_account_id IS NOT NULL))
);
CREATE INDEX token_of_organization ON tenancy.token (organization_id, id) WHERE kind = 'api_key';
CREATE INDEX token_of_user ON tenancy.token (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX token_of_service_account ON tenancy.token (service_account_id, id) WHERE service_account_id IS NOT NULL;

CREATE TABLE tenancy.user_session (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES tenancy.user_account,
    hash       bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at timestamptz NOT NULL,
    used_at    timestamptz NOT NULL
);
CREATE INDEX user_session_of_user ON tenancy.user_session (user_id);
CREATE INDEX user_session_by_age ON tenancy.user_session (used_at);

CREATE TABLE tenancy.audit_entry (
    id              uuid        PRIMARY KEY,
    at              timestamptz NOT NULL,
    -- Null for what concerns the account as a whole.
    organization_id uuid,
    actor           text        NOT NULL,
    actor_name      text        NOT NULL,
    action          text        COLLATE "C" NOT NULL,
    target          text        NOT NULL,
    request_id      text        NOT NULL,
    address         text        NOT NULL
);
CREATE INDEX audit_entry_of_organization ON tenancy.audit_entry (organization_id, id);
CREATE INDEX audit_entry_of_request ON tenancy.audit_entry (request_id);

CREATE FUNCTION tenancy.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is append-only';
END
$$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON tenancy.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy.audit_is_append_only();
