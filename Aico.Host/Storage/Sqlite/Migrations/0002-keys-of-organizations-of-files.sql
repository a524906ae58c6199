-- Organizations that files describe have keys too, and no row among the organizations: keys name their organization without a reference.
-- A table cannot lose one, so it is made anew; the row numbers tell which of two keys of one moment came first.
CREATE TABLE api_keys_2 (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    ended INTEGER,
    last_used INTEGER
) STRICT;

INSERT INTO api_keys_2 (rowid, id, organization_id, name, hash, scopes, created, expires, ended, last_used)
SELECT rowid, id, organization_id, name, hash, scopes, created, expires, ended, last_used FROM api_keys;

DROP TABLE api_keys;
ALTER TABLE api_keys_2 RENAME TO api_keys;
CREATE INDEX api_keys_by_organization ON api_keys (organization_id, created);
