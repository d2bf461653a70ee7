"""The pages of the room, part by part."""
