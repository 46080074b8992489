"""Keeps fingerprints and finds the files of other works that are like a new one.

Two stages. Postgres finds candidates by shared keys of sixteen bits, whatever is stored
(`keys`); then numpy compares each candidate closely. `make bench-duplicates` measures
both: what is found again, what is found wrongly, and how long it takes.
"""

from submissions.media.similar.finding import find
from submissions.media.similar.found import Found
from submissions.media.similar.keeping import keep
from submissions.media.similar.recording import record

__all__ = ["Found", "find", "keep", "record"]
