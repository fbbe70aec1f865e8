-- Visitors who have written something: as whom, and from where, their conversation goes on
-- without them. `user` is what the owner's server has vouched for, `page` what the page told.
CREATE TABLE visitors (
    id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    user_id TEXT,
    user TEXT,
    page TEXT,
    seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX visitors_by_user ON visitors (agent_id, origin, user_id, seen_at)
    WHERE user_id IS NOT NULL;
CREATE INDEX visitors_by_time ON visitors (seen_at);

-- What a held call was rendered with, so that the confirmed one is the same.
ALTER TABLE confirmations ADD COLUMN page TEXT NOT NULL DEFAULT '{}';
