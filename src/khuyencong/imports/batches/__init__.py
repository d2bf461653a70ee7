"""Confirming a batch: staged while others work, switched in one moment, told by one record."""
