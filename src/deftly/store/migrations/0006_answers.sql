-- Who confirmed or denied, and when; nothing for what expired or is void.
ALTER TABLE confirmations ADD COLUMN answered_by TEXT;
ALTER TABLE confirmations ADD COLUMN answered_at TEXT;
