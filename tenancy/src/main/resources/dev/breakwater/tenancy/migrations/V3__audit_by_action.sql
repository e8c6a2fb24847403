-- Searching the trail of an organization for one kind of change.
CREATE INDEX audit_entry_of_action ON tenancy.audit_entry (organization_id, action, id);
