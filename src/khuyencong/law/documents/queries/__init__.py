"""The reads of the library, by what is asked."""
