"""Support norms through time, and the ceiling of a case step by step, each with its article."""
