"""Rural industrial establishments: the registry and their yearly results."""
