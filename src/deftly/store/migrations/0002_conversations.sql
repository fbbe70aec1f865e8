-- A conversation that an agent holds: what people saw of it, what its model reads, what waits.

-- `turn` is the turn under way, `process` the lease of the process that runs it.
-- Without an agent a row says whose an id is, and nothing else.
ALTER TABLE conversations ADD COLUMN agent TEXT;
ALTER TABLE conversations ADD COLUMN thread TEXT;
ALTER TABLE conversations ADD COLUMN title TEXT;
ALTER TABLE conversations ADD COLUMN updated_at TEXT;
ALTER TABLE conversations ADD COLUMN turn TEXT;
ALTER TABLE conversations ADD COLUMN process TEXT;
CREATE UNIQUE INDEX conversations_by_key ON conversations (agent, principal, thread)
    WHERE agent IS NOT NULL;
CREATE INDEX conversations_by_age ON conversations (updated_at, id) WHERE agent IS NOT NULL;
CREATE INDEX conversations_by_owner ON conversations (principal, updated_at, id)
    WHERE agent IS NOT NULL;
CREATE INDEX conversations_under_way ON conversations (turn) WHERE turn IS NOT NULL;

-- Rows are only ever added, and go with their conversation. `seq` is the order of commit.
CREATE TABLE conversation_events (
    seq INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    turn TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX conversation_events_in_order ON conversation_events (conversation_id, seq);

-- What the model reads, a turn or the answers to its calls a row. `asked` is 1 where the row
-- begins with a person's message: history is cut there and nowhere else.
CREATE TABLE conversation_history (
    seq INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    asked INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    messages TEXT NOT NULL
) STRICT;
CREATE INDEX conversation_history_in_order ON conversation_history (conversation_id, seq);

-- Calls that a model made and a person has not answered, or whose answer it was not told yet.
-- `late`: the model was told to go on without it. `model_call_id` is the model's own.
CREATE TABLE open_calls (
    run_id TEXT PRIMARY KEY REFERENCES runs (id),
    conversation_id TEXT NOT NULL,
    confirmation_id TEXT NOT NULL,
    turn TEXT NOT NULL,
    call_id TEXT NOT NULL,
    model_call_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    arguments TEXT NOT NULL,
    late INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open_calls_by_conversation ON open_calls (conversation_id);

-- Whichever door an answer comes through, the conversation hears of it.
CREATE TRIGGER open_calls_answered AFTER UPDATE OF status ON runs
    WHEN NEW.confirmation_id IS NOT NULL AND NEW.status NOT IN ('confirm_required', 'running')
BEGIN
    INSERT INTO changes (at, kind, subject, data)
        SELECT coalesce(NEW.finished_at, NEW.created_at), 'conversation.answered', o.conversation_id, '{}'
        FROM open_calls AS o WHERE o.run_id = NEW.id;
END;
