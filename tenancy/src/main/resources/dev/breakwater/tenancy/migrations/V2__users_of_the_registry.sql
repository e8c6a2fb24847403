-- The registry's APIs count users: 1 is the administrator whom the installation began with, 2 is the placeholder
-- "anonymous" of its 2017 API, for which there is no row. Deleted users keep theirs, so no number is given twice.
CREATE SEQUENCE tenancy.user_number;

ALTER TABLE tenancy.user_account
    ADD COLUMN number     bigint,
    ADD COLUMN comment    text NOT NULL DEFAULT '',
    ADD COLUMN updated_at timestamptz;

UPDATE tenancy.user_account numbered
SET number = CASE aged.place WHEN 1 THEN 1 ELSE aged.place + 1 END,
    updated_at = greatest(numbered.created_at, numbered.password_changed_at)
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS place FROM tenancy.user_account) aged
WHERE aged.id = numbered.id;
SELECT setval('tenancy.user_number', greatest(2, max(number))) FROM tenancy.user_account;

ALTER TABLE tenancy.user_account
    ALTER COLUMN number SET NOT NULL,
    ALTER COLUMN updated_at SET NOT NULL;
CREATE UNIQUE INDEX user_account_number ON tenancy.user_account (number);
