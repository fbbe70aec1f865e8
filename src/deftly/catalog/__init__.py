"""The live, immutable set of compiled actions, and the way it changes."""
