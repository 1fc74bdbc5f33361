"""What a CI server is told while pytest runs, and at the end."""
