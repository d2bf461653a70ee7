"""The outlines of units: read from a file of boundaries, or drawn around a point where no file was brought."""
