"""How actions are carried out: one file a kind, picked in ``dispatch.py``."""
