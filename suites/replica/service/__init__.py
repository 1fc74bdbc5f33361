"""The suite of a replica service."""
