"""Bringing in establishments and their yearly results from spreadsheets."""
