"""The writes: letters ordered with a step or by hand, numbered and composed after it; templates."""
