"""The writes of the room: permission, rule, write and audit in one transaction. Officers draft, a leader adopts."""
