"""Real servers from Python wheels, so a fresh clone runs without installing any.

Postgres and Valkey are started as children of one process and die with it.
`supervisor` is `make run`, `services` gives throw-away servers to tests, `portal` a
whole throw-away portal to a rehearsal; `places` says where everything lies.
"""
