"""Lists of every kind, made one way: a room declares rows, columns and filters; the rest is done here.

``Listing`` in ``listing`` is where to begin; docs/decisions/0013-one-listing.md says why it is our own.
"""
