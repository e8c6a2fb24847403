-- Manifests that are gone while tags still say that something belongs to them, as cosign's do. Those tags go with the next
-- collection that takes what has no tag; a tag for a manifest that was never here is none of them.
CREATE TABLE registry.gone_subject (
    repository_id bigint NOT NULL REFERENCES registry.repository ON DELETE CASCADE,
    digest        text   COLLATE "C" NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
