"""Lets a bench move the contest's clock in every process of its portal at once."""

from django.apps import AppConfig

from bench import moved_clock
from contests import clock


class BenchConfig(AppConfig):
    name = "bench"

    def ready(self):
        clock.now = moved_clock.now
