"""What an echoing device must do."""
