"""The catalogue of requirements, and how strongly each clause binds."""
