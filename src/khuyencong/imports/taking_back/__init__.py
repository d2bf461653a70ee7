"""Taking a wrong import back."""
