-- People who sign in by themselves. `email` is in its normal form, `password` a salted digest,
-- `invitation` the SHA-256 of the token in the one link that may set it.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    password TEXT,
    invitation TEXT UNIQUE,
    invited_until TEXT,
    created_at TEXT NOT NULL,
    signed_in_at TEXT
) STRICT, WITHOUT ROWID;

-- Without a user it is the local owner's, opened by a printed link.
ALTER TABLE sessions ADD COLUMN user_id TEXT;
CREATE INDEX sessions_by_user ON sessions (user_id) WHERE user_id IS NOT NULL;
