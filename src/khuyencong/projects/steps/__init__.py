"""The steps of the life cycle: what stands in the way, what a step would do, taking it."""
