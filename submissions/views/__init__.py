"""Pages about works, by noun."""
