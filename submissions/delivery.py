"""Sends a stored file; `contests` does it for every app."""

from contests.delivery import Part, Unsatisfiable, requested_part, respond_with_file

__all__ = ["Part", "Unsatisfiable", "requested_part", "respond_with_file"]
