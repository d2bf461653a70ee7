"""My work: what every room wants from a person, in one list; reminders; handing all work to somebody else."""
