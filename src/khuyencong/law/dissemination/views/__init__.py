"""The pages of dispatches, and the inbox."""
