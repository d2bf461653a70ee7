"""The indicator catalogue computed: from facts to numbers, and from a number back to its records."""
