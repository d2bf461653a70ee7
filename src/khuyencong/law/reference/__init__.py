"""Reference data of the law room: what was known, how surely, when this version was written.

Only what was read in a public source loads as verified. Everything else is unverified until a person has
compared it with the article; pages and documents that use it say so. Records that are there already are
never overwritten: an officer's correction outlives every update.
"""

from khuyencong.law.reference.load import load

__all__ = ["load"]
