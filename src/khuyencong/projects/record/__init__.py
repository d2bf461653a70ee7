"""The project itself: its row, its steps, who sees it and who may act on it."""
