"""What is in the file of a document: its text, and from the text its provisions, head and mentions. No database."""
