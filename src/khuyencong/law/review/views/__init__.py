"""The pages of findings and of duties."""
