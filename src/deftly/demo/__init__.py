"""The sample shop and its actions: something to try Deftly on, with no account and no network."""
