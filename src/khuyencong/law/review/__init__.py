"""The legal review: local documents that are out of date or missing, and the province's duties."""
