"""Real servers from Python wheels, so a fresh clone runs without installing any.

Postgres and Valkey are started as children of one process and die with it.
`supervisor` runs the whole portal, `services` gives throw-away servers to tests and
to the rehearsal, `places` says where everything lies.
"""
