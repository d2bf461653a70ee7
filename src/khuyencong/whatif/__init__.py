"""What a draft of the law would change before it is in force: projects, money, establishments. Only reads."""
