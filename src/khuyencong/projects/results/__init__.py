"""Results that supported establishments owe for the years after acceptance."""
