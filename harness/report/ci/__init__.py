"""Files and lines that a CI server reads of a run."""
