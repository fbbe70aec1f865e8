"""Deftly: custom actions for AI agents, with a guard on the way out and a person at the gate."""
