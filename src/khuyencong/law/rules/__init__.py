"""The rules of the room. Pure: no Django, no clock, no database. Days and records in, answers with reasons out."""
