-- A confirmation goes together with its tokens.
CREATE INDEX confirmation_tokens_by_confirmation ON confirmation_tokens (confirmation_id);
