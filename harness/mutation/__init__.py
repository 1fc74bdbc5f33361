"""Mutation testing of the suites: deviations and quirks, the matrix, its workers."""
