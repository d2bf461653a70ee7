"""The writes of the library, by what is written."""
