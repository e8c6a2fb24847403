-- How often something was pulled from a repository, hour by hour, for charts. Written with the pulls themselves, many at
-- once; what is older than a month is dropped.
CREATE TABLE registry.pull_hour (
    hour          timestamptz NOT NULL,
    repository_id bigint      NOT NULL REFERENCES registry.repository,
    pulls         bigint      NOT NULL,
    PRIMARY KEY (hour, repository_id)
);
CREATE INDEX pull_hour_of_repository ON registry.pull_hour (repository_id, hour);

-- Pushes are few beside pulls, so they are counted where they are logged.
CREATE INDEX activity_pushes ON registry.activity (at, project_id) WHERE operation = 'push';
