"""The tables of the room. What left it (imports, my work, the yearbook) keeps its tables under this room's name."""

from khuyencong.reports.official.models import Report, ReportDefinition

__all__ = ["Report", "ReportDefinition"]
