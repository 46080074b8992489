"""Measurements: ratios within one run, never seconds that a test would assert."""
