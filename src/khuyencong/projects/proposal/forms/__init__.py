"""The forms of a proposal."""
