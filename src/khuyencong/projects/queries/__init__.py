"""Reads of the room, narrowed to the person asking."""

from khuyencong.projects.queries.listing import Filters, Sums, earlier_support, get, listing, projects, sums

__all__ = ["Filters", "Sums", "earlier_support", "get", "listing", "projects", "sums"]
