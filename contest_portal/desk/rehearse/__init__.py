"""`make demo`: the whole contest without a person, against the real parts."""
