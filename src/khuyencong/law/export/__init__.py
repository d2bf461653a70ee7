"""Documents as data for others: JSON of our own, and Akoma Ntoso (LegalDocML)."""
