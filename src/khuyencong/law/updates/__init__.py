"""What updates of the reference data changed in this installation, shown to whoever answers for the law."""
