"""Sending a document of the law room to establishments chosen from the registry."""
