"""Papers that people bring to a project."""
