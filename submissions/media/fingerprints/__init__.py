"""Fingerprints that survive re-encoding: of pictures, of film frames, of sound.

Pure functions of pixels and words; `submissions.similar` stores and searches them.
VERSION goes into every row: prints of two versions are never compared.
"""

VERSION = 1
