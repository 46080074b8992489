"""Spoils small files in many ways, and sees that each is judged in good order."""
