"""What a CI server reads of a run."""
