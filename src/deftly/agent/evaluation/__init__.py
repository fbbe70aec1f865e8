"""Trying a model on written utterances: what it calls, what it asks for, how long it takes."""
