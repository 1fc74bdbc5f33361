"""The picture of an update, and its messages in words."""
