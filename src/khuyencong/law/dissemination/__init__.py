"""Sending documents to people, and what is known of their way."""
