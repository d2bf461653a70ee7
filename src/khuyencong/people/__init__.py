"""Who may do what, and where: accounts, roles, scopes, and the one table of permissions."""
