"""Files: those that people bring (known by content, opened with limits), those that are kept, those that are made."""
