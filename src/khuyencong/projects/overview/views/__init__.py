"""The pages of list, board and card."""
