"""Judging: histories made by hand, and what is to be said of them."""
