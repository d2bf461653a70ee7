"""The queue of long work: what waits, how far it is, and the worker that does it. Rooms speak to it through
`core.jobs`; it lies in a database of its own, so that it is seen while a long transaction holds the main one."""
