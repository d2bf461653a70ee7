"""The appraisal council: members, sheets, conflicts of interest, the outcome."""
