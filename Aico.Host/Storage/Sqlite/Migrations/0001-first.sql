-- Times are milliseconds since 1970 (UTC), money is billionths of a US dollar, JSON is text: any SQLite tool shows them.

CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Grows with every change of an organization, and never falls, also where the organization is deleted.
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO state (id, revision) VALUES (1, 0);

CREATE TABLE organizations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Outlives the organization, so that other hosts learn of its end.
CREATE TABLE changed_organizations (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL UNIQUE,
    is_deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE providers (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    config TEXT NOT NULL,
    is_enabled INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (organization_id, key)
) STRICT, WITHOUT ROWID;

-- A secret may be there before its provider is configured, and stays when that is removed: no reference to providers.
CREATE TABLE secrets (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    provider_key TEXT NOT NULL,
    name TEXT NOT NULL,
    key_id TEXT NOT NULL,
    wrapped_key BLOB NOT NULL,
    ciphertext BLOB NOT NULL,
    hint TEXT,
    revision INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (organization_id, provider_key, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX secrets_by_key ON secrets (key_id);

CREATE TABLE agents (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    revision INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (organization_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    ended INTEGER,
    last_used INTEGER
) STRICT;

CREATE INDEX api_keys_by_organization ON api_keys (organization_id, created);

-- From here on rows outlive their organization.
CREATE TABLE usage (
    organization_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    turn INTEGER,
    kind TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT,
    chain_position INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    failure TEXT,
    connect_ms REAL,
    first_result_ms REAL,
    audio_seconds REAL NOT NULL,
    characters INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost INTEGER
) STRICT;

CREATE INDEX usage_by_organization ON usage (organization_id, at);

-- The document comes last: lists read the columns before it and never touch its pages.
CREATE TABLE sessions (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    room_name TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    summary TEXT NOT NULL,
    document TEXT,
    PRIMARY KEY (organization_id, id)
) STRICT;

CREATE INDEX sessions_by_start ON sessions (organization_id, started, id);

CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX audit_by_organization ON audit (organization_id, sequence);
