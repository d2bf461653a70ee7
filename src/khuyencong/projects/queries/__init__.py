"""Reads of the room, narrowed to the person asking."""

from khuyencong.projects.queries.listing import Sums, earlier_support, get, projects, sums

__all__ = ["Sums", "earlier_support", "get", "projects", "sums"]
