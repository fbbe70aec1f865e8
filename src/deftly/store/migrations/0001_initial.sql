-- Times are ISO 8601 texts in UTC with milliseconds: they sort as the moments do.
-- JSON is text, as it was written. `seq` is the order of commit.

-- The highest time ever seen: a clock that is moved back revives nothing.
CREATE TABLE time_mark (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    at TEXT NOT NULL
) STRICT;
INSERT INTO time_mark (only, at) VALUES (1, '1970-01-01T00:00:00.000Z');

-- Facts for those who follow.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
-- What caches wait for is found without reading past every run.
CREATE INDEX changes_beside_runs ON changes (seq) WHERE kind NOT IN ('run.started', 'run.changed');
-- The newest 100,000 stay; the rest goes a thousand at a time.
CREATE TRIGGER changes_pruned AFTER INSERT ON changes WHEN NEW.seq % 1000 = 0
BEGIN
    DELETE FROM changes WHERE seq <= NEW.seq - 100000;
END;

-- `process` is the lease of the process that may finish a running row.
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action_id TEXT NOT NULL,
    action_version INTEGER NOT NULL,
    tool TEXT NOT NULL,
    principal TEXT NOT NULL,
    trigger TEXT NOT NULL,
    conversation_id TEXT,
    confirmation_id TEXT,
    arguments TEXT NOT NULL,
    status TEXT NOT NULL,
    result TEXT,
    error_code TEXT,
    error_message TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    duration_ms REAL,
    sent_bytes INTEGER NOT NULL,
    received_bytes INTEGER NOT NULL,
    process TEXT
) STRICT;
-- Each index ends with `seq` by itself: filtered lists come out in order.
CREATE INDEX runs_by_action ON runs (action_id);
CREATE INDEX runs_by_status ON runs (status);
CREATE INDEX runs_by_trigger ON runs (trigger);
CREATE INDEX runs_by_principal ON runs (principal);
CREATE INDEX runs_by_conversation ON runs (conversation_id) WHERE conversation_id IS NOT NULL;

-- No status can change without its event, whoever writes it.
CREATE TRIGGER runs_announced AFTER INSERT ON runs
BEGIN
    INSERT INTO changes (at, kind, subject, data) VALUES (
        NEW.created_at,
        CASE NEW.status WHEN 'running' THEN 'run.started' ELSE 'run.changed' END,
        NEW.id,
        json_object(
            'tool', NEW.tool, 'status', NEW.status, 'actionId', NEW.action_id,
            'trigger', NEW.trigger, 'conversationId', NEW.conversation_id,
            'confirmationId', NEW.confirmation_id
        )
    );
END;
CREATE TRIGGER runs_moved AFTER UPDATE OF status ON runs WHEN NEW.status <> OLD.status
BEGIN
    INSERT INTO changes (at, kind, subject, data) VALUES (
        coalesce(NEW.finished_at, NEW.started_at, NEW.created_at),
        'run.changed',
        NEW.id,
        json_object(
            'tool', NEW.tool, 'status', NEW.status, 'actionId', NEW.action_id,
            'trigger', NEW.trigger, 'conversationId', NEW.conversation_id,
            'confirmationId', NEW.confirmation_id
        )
    );
END;

CREATE TABLE idempotency (
    principal TEXT NOT NULL,
    tool TEXT NOT NULL,
    key TEXT NOT NULL,
    arguments_digest TEXT NOT NULL,
    run_id TEXT NOT NULL,
    claimed_at TEXT NOT NULL,
    PRIMARY KEY (principal, tool, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (claimed_at);

-- A confirmation has no status of its own: it is its run's.
CREATE TABLE confirmations (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE REFERENCES runs (id),
    action_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    version_hash TEXT NOT NULL,
    arguments TEXT NOT NULL,
    user TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    summary TEXT NOT NULL,
    requester TEXT NOT NULL,
    conversation_id TEXT,
    call_digest TEXT NOT NULL,
    asked_times INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX confirmations_by_call ON confirmations (call_digest);

CREATE TABLE confirmation_tokens (
    sha256 TEXT PRIMARY KEY,
    confirmation_id TEXT NOT NULL REFERENCES confirmations (id),
    principal TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revisions (
    action_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    version_hash TEXT NOT NULL,
    definition TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    head INTEGER NOT NULL,
    PRIMARY KEY (action_id, version)
) STRICT;
CREATE UNIQUE INDEX revision_heads ON revisions (action_id) WHERE head = 1;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    hosts TEXT,
    sealed BLOB NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT
) STRICT;

CREATE TABLE login_tokens (
    sha256 TEXT PRIMARY KEY,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    sha256 TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    principal TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
