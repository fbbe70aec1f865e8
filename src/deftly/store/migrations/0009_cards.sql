-- What was shown of a run, and what its owner should know of it: NULL for nearly all of them.
-- The last column, so that a list need not read past it.
ALTER TABLE runs ADD COLUMN card TEXT;

-- What people have sent by the buttons of cards that save. `seq` is the order of commit.
-- A row stays when its conversation or its run is forgotten: it was given to the owner.
CREATE TABLE submissions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    widget TEXT NOT NULL,
    card_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    data TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_by_widget ON submissions (widget);
CREATE INDEX submissions_by_card ON submissions (card_id);
