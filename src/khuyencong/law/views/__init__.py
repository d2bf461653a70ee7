"""The pages of the room: thin, they call actions and queries."""
