-- What other hosts have sent, so that what they send again, because the answer was lost, is not counted twice.
CREATE TABLE usage_batches (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_batches_by_time ON usage_batches (at);
