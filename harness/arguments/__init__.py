"""Types of the command line's arguments, which more than one command has."""
