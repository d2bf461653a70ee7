"""What is told upwards: the official reports, the dashboard, and how far the plan of a year has come."""
