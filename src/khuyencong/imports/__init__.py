"""Bringing in spreadsheets: choose a file, see what will happen, confirm. The tables are declared in their rooms."""
