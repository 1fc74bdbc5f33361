"""Verdicts, names and files of today, held while the tree is moved: `python -m tests.frozen` writes them down anew."""
