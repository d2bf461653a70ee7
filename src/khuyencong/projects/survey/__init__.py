"""What was found at an establishment before anything is proposed."""
