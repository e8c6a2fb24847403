-- Accounts of programs. A project's robot is gone with its project, and so is what any robot was granted there.
CREATE TABLE registry.robot (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null for one of the system.
    project_id   bigint      REFERENCES registry.project,
    -- As it was given, without the prefix and the project that its full name begins with.
    name         text        COLLATE "C" NOT NULL,
    description  text        NOT NULL,
    secret_hash  text        NOT NULL,
    -- In days, -1 for ever.
    duration     bigint      NOT NULL,
    expires_at   timestamptz,
    disabled     boolean     NOT NULL,
    -- local for a user, robot for a robot, with its number there
    creator_type text        NOT NULL,
    creator_ref  bigint      NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX robot_name ON registry.robot (COALESCE(project_id, 0), name);

-- What robots were granted, in the order in which it was sent.
CREATE TABLE registry.robot_permission (
    robot_id   bigint NOT NULL REFERENCES registry.robot ON DELETE CASCADE,
    position   int    NOT NULL,
    kind       text   NOT NULL CHECK (kind IN ('system', 'project')),
    -- Null for the system, and for all projects.
    project_id bigint REFERENCES registry.project,
    -- [{"resource", "action", "effect"}]
    access     jsonb  NOT NULL,
    PRIMARY KEY (robot_id, position)
);
