"""Inspection: was the money used for its purpose; findings, remedies, recovery."""
