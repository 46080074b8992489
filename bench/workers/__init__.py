"""Throughput of inspection workers over real files."""
