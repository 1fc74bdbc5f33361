"""Config in, state out."""
