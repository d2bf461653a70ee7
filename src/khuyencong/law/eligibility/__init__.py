"""Who may be supported, what comes first, and what communes count as."""
