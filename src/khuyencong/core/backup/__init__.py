"""One file that holds the whole installation: every table and uploaded file, portable between databases.

A zip of ``manifest.json``, one file of JSON lines for each table (fields by name, moments in UTC) and the
uploaded files. The manifest names every part with its size and SHA-256, the migrations the tables are at, and
the end of the audit chain. Sessions are not carried: after a restore everybody signs in anew.
"""
