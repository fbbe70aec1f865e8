"""Definitions as YAML: read strictly, edited without touching what did not change."""
