"""Writing a proposal: its content, estimate, money, and what the law says of it while one types."""
