"""Projects that ran before this system: written down one by one, or brought in from a spreadsheet."""
