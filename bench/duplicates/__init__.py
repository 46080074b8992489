"""Recall, false pairs and search time of the duplicates search, on generated edits."""
