"""JavaScript of an action: one process a run, and everything it says is hostile."""
