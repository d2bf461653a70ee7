"""The life of a project as one table, its working days, and the line it makes. Pure."""
