"""The replica service over HTTP."""
