"""The pages of rules, criteria and areas."""
