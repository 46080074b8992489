"""How days and times are written, per language; the rest is Django's."""
