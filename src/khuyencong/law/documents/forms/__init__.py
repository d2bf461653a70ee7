"""The forms of the library."""
