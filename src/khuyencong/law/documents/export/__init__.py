"""A document as data, for other systems."""
