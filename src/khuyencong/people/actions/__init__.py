"""The writes of the room: accounts and roles, who is in charge of which commune."""
