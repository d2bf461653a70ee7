"""What holds for documents: standing on a day, places in a text, comparison. Pure."""
