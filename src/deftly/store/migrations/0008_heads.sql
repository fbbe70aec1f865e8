CREATE TABLE heads (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    definition TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

INSERT INTO heads
SELECT 'agent', id, name, file, file_sha256, content_digest, version, definition, at FROM agents;

DROP TABLE agents;
