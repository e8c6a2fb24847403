-- About when a robot last called, at most a minute late; null for never.
ALTER TABLE registry.robot ADD COLUMN last_used_at timestamptz;
