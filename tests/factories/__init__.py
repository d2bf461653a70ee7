"""What tests make: one module for each room."""
