"""What a template may use. Field names are Vietnamese without marks: officials write templates, not programmers."""
