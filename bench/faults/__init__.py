"""Sixteen ways in which an upload goes wrong, and what must hold after each."""
