"""The public side: the start page anyone may open."""
