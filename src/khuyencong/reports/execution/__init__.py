"""How the plan of a year is carried out: against its lines, month by month, and where it is heading."""
