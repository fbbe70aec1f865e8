"""The models an agent can think with: providers by name, and the local one."""
