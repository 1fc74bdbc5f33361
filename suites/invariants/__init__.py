"""What every message of a whole run must keep, whatever is being tested."""
