"""Looks at pictures apart from the worker, which holds keys and passwords.

A clean process per worker (server) has all libraries loaded and no secrets; for each
picture it makes a copy of itself that goes behind the fence, looks and ends. What comes
back is data (parcel), checked before it is believed.
"""
