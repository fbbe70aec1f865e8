-- Calls of client actions, which a browser makes: `id` is the run's, which has tool and arguments.
-- `process` is the lease of the process that waits for the browser.
CREATE TABLE client_calls (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    returns INTEGER NOT NULL,
    timeout_s REAL NOT NULL,
    status TEXT NOT NULL,
    result TEXT,
    error TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    process TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX client_calls_by_conversation ON client_calls (conversation_id, status);
CREATE INDEX client_calls_by_script ON client_calls (sha256);

-- The code of each call as it was when it was made.
CREATE TABLE client_scripts (
    sha256 TEXT PRIMARY KEY,
    code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A call goes with its run, and the code with the last call of it.
CREATE TRIGGER client_calls_with_runs AFTER DELETE ON runs
BEGIN
    DELETE FROM client_calls WHERE id = OLD.id;
END;
CREATE TRIGGER client_scripts_with_calls AFTER DELETE ON client_calls
BEGIN
    DELETE FROM client_scripts WHERE sha256 = OLD.sha256
        AND NOT EXISTS (SELECT 1 FROM client_calls WHERE sha256 = OLD.sha256);
END;
