"""The forms of the room, part by part."""
