"""Drafts of the profiles of devices behind a replica, and of services."""
