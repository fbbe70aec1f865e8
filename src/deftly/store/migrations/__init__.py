"""The numbered SQL files that make and change the tables; ``migrate.py`` applies them."""
