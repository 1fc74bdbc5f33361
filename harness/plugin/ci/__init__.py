"""Words to a CI server while pytest runs, and at the end."""
