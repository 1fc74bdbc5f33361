"""Drafts of profiles."""
