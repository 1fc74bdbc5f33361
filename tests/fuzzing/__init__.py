"""Fuzzing of whatever machine: chance, search and shortening."""
