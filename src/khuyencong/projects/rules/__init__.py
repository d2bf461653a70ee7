"""What holds for a project. Pure: no Django, no clock, no database."""
