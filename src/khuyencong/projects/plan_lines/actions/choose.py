"""Tying a project to a line of the plan."""
