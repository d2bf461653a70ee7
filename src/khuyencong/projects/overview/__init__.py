"""All projects together: list, board, and the card with its tabs."""
