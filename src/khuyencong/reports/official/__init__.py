"""Official reports: forms as data, drafted from the records, signed with a frozen snapshot."""
