"""Choosing approved proposals into the draft plan of a year, and adopting the plan with them."""
