"""Who could be supported next: eligible establishments that never were, ranked, with reasons, commune by commune."""
