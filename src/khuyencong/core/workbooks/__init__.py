"""Workbooks (xlsx) that the system makes: text stays text, every sheet has its widths, formats and print set-up."""
