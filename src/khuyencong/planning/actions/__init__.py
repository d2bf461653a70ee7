"""The writes of plans: permission, rule, write and audit in one transaction."""
