"""The writes of past projects."""
