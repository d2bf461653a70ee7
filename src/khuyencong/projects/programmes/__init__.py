"""Money of other programmes in our projects: the catalogue, leverage, the search for double funding."""
