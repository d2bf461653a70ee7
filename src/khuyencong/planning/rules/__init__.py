"""Rules of plans, pure: no Django, no clock, no database."""
