-- Where a visitor wrote from first, so that one place's open questions can be counted. It is a
-- digest under the installation's key, never the address.
ALTER TABLE visitors ADD COLUMN network TEXT;
