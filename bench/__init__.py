"""Measurements: ratios between things run side by side, never absolute times."""
