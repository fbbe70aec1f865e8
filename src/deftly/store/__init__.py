"""The one way to keep things: one SQLite database, one module per noun."""
