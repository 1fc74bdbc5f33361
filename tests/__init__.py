"""The project's own tests, mirroring the tree."""
