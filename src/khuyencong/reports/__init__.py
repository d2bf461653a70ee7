"""The officer's home page, and what the programme has done so far."""
