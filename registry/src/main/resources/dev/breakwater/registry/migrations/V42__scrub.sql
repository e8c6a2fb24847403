-- Bytes in the store that no row knew when they were first seen.
CREATE TABLE registry.stray_blob (
    digest  text        COLLATE "C" PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

-- Comparisons of the store with the tables.
CREATE TABLE registry.storage_audit (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    -- Blobs in the store, how many of them no row knows, and how many of these were removed.
    stored     bigint      NOT NULL DEFAULT 0,
    strays     bigint      NOT NULL DEFAULT 0,
    removed    bigint      NOT NULL DEFAULT 0,
    -- Blobs whose bytes are missing, and those that are there again.
    missing    bigint      NOT NULL DEFAULT 0,
    healed     bigint      NOT NULL DEFAULT 0
);

-- Walks through all blobs that compare their bytes with their digests.
CREATE TABLE registry.scrub (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    -- Whether it came to the end.
    complete   boolean     NOT NULL DEFAULT false,
    blobs      bigint      NOT NULL DEFAULT 0,
    bytes      bigint      NOT NULL DEFAULT 0
);
CREATE TABLE registry.scrub_report (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scrub_id bigint      NOT NULL REFERENCES registry.scrub ON DELETE CASCADE,
    digest   text        COLLATE "C" NOT NULL,
    finding  text        NOT NULL CHECK (finding IN ('damaged', 'unreadable', 'missing')),
    detail   text        NOT NULL,
    found_at timestamptz NOT NULL
);
CREATE INDEX scrub_report_of_scrub ON registry.scrub_report (scrub_id, id);
