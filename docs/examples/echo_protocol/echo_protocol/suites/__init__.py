"""The requirements of an echoing device."""
