"""Shell commands, each in namespaces of its own."""
