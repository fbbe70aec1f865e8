-- What the counts over time read: no row is opened for them. A run enters when it ends or is held.
CREATE INDEX runs_over_time ON runs (created_at, action_id, status, trigger, duration_ms)
    WHERE status <> 'running';
-- The few that went wrong: how many of an action's newest ones is counted here.
CREATE INDEX runs_gone_wrong ON runs (action_id) WHERE status IN ('failed', 'unknown');
