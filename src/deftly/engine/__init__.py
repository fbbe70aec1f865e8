"""The only place that carries out calls: bind, gate, run, record."""
