"""Wiring only: settings, urls, the WSGI entry."""
