-- The numbers of projects, repositories, artifacts and tags are shown by both Harbor APIs, so they are plain and are
-- never used again.
CREATE TABLE registry.project (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid        NOT NULL REFERENCES tenancy.organization,
    -- The first part of the names of its repositories, therefore unique in the installation.
    name            text        COLLATE "C" NOT NULL,
    owner_id        uuid        NOT NULL REFERENCES tenancy.user_account,
    public          boolean     NOT NULL,
    -- All other settings as both APIs spell them: strings by key, and only those that were set.
    metadata        jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    -- A deleted project stays for the log; its name is free again.
    deleted_at      timestamptz
);
CREATE UNIQUE INDEX project_name ON registry.project (name) WHERE deleted_at IS NULL;

CREATE TABLE registry.member (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES registry.project,
    user_id    uuid        NOT NULL REFERENCES tenancy.user_account,
    role       smallint    NOT NULL CHECK (role BETWEEN 1 AND 5),
    created_at timestamptz NOT NULL,
    UNIQUE (project_id, user_id)
);
CREATE INDEX member_of_user ON registry.member (user_id);

-- A repository is made with the first blob that is pushed to it, and shown while it has a manifest.
CREATE TABLE registry.repository (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL REFERENCES registry.project,
    -- The whole name, the project's included.
    name        text        COLLATE "C" NOT NULL,
    description text        NOT NULL DEFAULT '',
    pull_count  bigint      NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE (project_id, name)
);

-- What may be read as a blob. The small ones lie here, which spares each of them two waits for the disk, the others in
-- the blob store. A doomed blob is being freed: it counts as absent, and becomes a live one again when it
-- is pushed meanwhile.
CREATE TABLE registry.blob (
    digest     text        COLLATE "C" PRIMARY KEY,
    size       bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    doomed_at  timestamptz,
    -- The bytes of a small one; null for those that lie in the blob store.
    content    bytea       STORAGE EXTERNAL
);
CREATE INDEX blob_doomed ON registry.blob (doomed_at) WHERE doomed_at IS NOT NULL;

-- Which blobs may be read through which repository: those pushed or mounted there.
CREATE TABLE registry.repository_blob (
    repository_id bigint      NOT NULL REFERENCES registry.repository,
    digest        text        COLLATE "C" NOT NULL REFERENCES registry.blob,
    -- Never removed from its table, so that no push has to hold the row of its project.
    project_id    bigint      NOT NULL,
    linked_at     timestamptz NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX repository_blob_by_digest ON registry.repository_blob (digest);
CREATE INDEX repository_blob_of_project ON registry.repository_blob (project_id, digest);

-- An artifact is a manifest in a repository. A deleted one stays for a while, so that it can be brought back.
CREATE TABLE registry.manifest (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint      NOT NULL REFERENCES registry.repository,
    digest        text        COLLATE "C" NOT NULL,
    media_type    text        NOT NULL,
    -- Byte for byte what was pushed.
    content       bytea       NOT NULL,
    -- With all that it names, in bytes.
    size          bigint      NOT NULL,
    config_type   text,
    artifact_type text,
    subject       text        COLLATE "C",
    annotations   jsonb       NOT NULL DEFAULT '{}',
    -- What its configuration says of it: architecture, os, author, created, docker_version, config; empty when it
    -- cannot be read.
    attributes    jsonb       NOT NULL DEFAULT '{}',
    pushed_at     timestamptz NOT NULL,
    pushed_by     text        NOT NULL,
    pulled_at     timestamptz,
    deleted_at    timestamptz,
    UNIQUE (repository_id, digest)
);
CREATE INDEX manifest_of_subject ON registry.manifest (repository_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX manifest_deleted ON registry.manifest (deleted_at) WHERE deleted_at IS NOT NULL;

-- The blobs that a manifest names: these rows are the reference counts.
CREATE TABLE registry.manifest_blob (
    manifest_id   bigint NOT NULL REFERENCES registry.manifest ON DELETE CASCADE,
    repository_id bigint NOT NULL,
    digest        text   COLLATE "C" NOT NULL,
    PRIMARY KEY (manifest_id, digest)
);
CREATE INDEX manifest_blob_of_repository ON registry.manifest_blob (repository_id, digest);

-- The manifests that an index names, in its order.
CREATE TABLE registry.manifest_child (
    parent_id     bigint NOT NULL REFERENCES registry.manifest ON DELETE CASCADE,
    repository_id bigint NOT NULL,
    position      int    NOT NULL,
    digest        text   COLLATE "C" NOT NULL,
    PRIMARY KEY (parent_id, position)
);
CREATE INDEX manifest_child_of_repository ON registry.manifest_child (repository_id, digest);

CREATE TABLE registry.tag (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint      NOT NULL REFERENCES registry.repository,
    name          text        COLLATE "C" NOT NULL,
    manifest_id   bigint      NOT NULL REFERENCES registry.manifest,
    pushed_at     timestamptz NOT NULL,
    pulled_at     timestamptz,
    UNIQUE (repository_id, name)
);
CREATE INDEX tag_of_manifest ON registry.tag (manifest_id);

-- What was deleted and can still be brought back: a tag, an artifact with its tags, or a repository with all it had.
CREATE TABLE registry.deletion (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id    bigint      NOT NULL REFERENCES registry.project,
    repository_id bigint      NOT NULL REFERENCES registry.repository,
    kind          text        NOT NULL CHECK (kind IN ('tag', 'artifact', 'repository')),
    deleted_by    text        NOT NULL,
    deleted_at    timestamptz NOT NULL,
    undone_at     timestamptz
);
CREATE INDEX deletion_of_project ON registry.deletion (project_id, id);
CREATE INDEX deletion_by_age ON registry.deletion (deleted_at);
CREATE TABLE registry.deleted_manifest (
    deletion_id bigint NOT NULL REFERENCES registry.deletion ON DELETE CASCADE,
    manifest_id bigint NOT NULL REFERENCES registry.manifest ON DELETE CASCADE,
    PRIMARY KEY (deletion_id, manifest_id)
);
CREATE INDEX deleted_manifest_by_manifest ON registry.deleted_manifest (manifest_id);
CREATE TABLE registry.deleted_tag (
    deletion_id bigint NOT NULL REFERENCES registry.deletion ON DELETE CASCADE,
    name        text   COLLATE "C" NOT NULL,
    manifest_id bigint NOT NULL REFERENCES registry.manifest ON DELETE CASCADE,
    PRIMARY KEY (deletion_id, name)
);
CREATE INDEX deleted_tag_by_manifest ON registry.deleted_tag (manifest_id);

-- What a project stores, each content once, manifests included. Its use of storage is the sum of these sizes.
CREATE TABLE registry.project_content (
    project_id bigint NOT NULL,
    digest     text   COLLATE "C" NOT NULL,
    size       bigint NOT NULL,
    PRIMARY KEY (project_id, digest)
);
-- That sum, kept without a row that all pushes of a project would have to lock: a folded part, and what was added or
-- taken since the last folding.
CREATE TABLE registry.project_usage (
    project_id bigint PRIMARY KEY REFERENCES registry.project,
    bytes      bigint NOT NULL
);
CREATE TABLE registry.project_usage_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL,
    bytes      bigint NOT NULL
);
CREATE INDEX project_usage_change_of_project ON registry.project_usage_change (project_id);

-- What happened in the registry, for the logs of both APIs. It can be purged, unlike the audit trail.
CREATE TABLE registry.activity (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    username      text        NOT NULL,
    -- Null for what concerns no project.
    project_id    bigint,
    -- create, delete, update, push, pull, login, logout
    operation     text        COLLATE "C" NOT NULL,
    -- project, artifact, tag, repository, user, configuration, robot, member and so on
    resource_type text        COLLATE "C" NOT NULL,
    -- As v2.0 names it, for example demo/app:v1
    resource      text        NOT NULL,
    -- As the 2017 API names it: the repository and its tag, or the project with a slash and N/A
    repository    text        NOT NULL,
    tag           text        NOT NULL,
    succeeded     boolean     NOT NULL,
    description   text        NOT NULL DEFAULT ''
);
CREATE INDEX activity_of_project ON registry.activity (project_id, id);
CREATE INDEX activity_by_time ON registry.activity (at);
