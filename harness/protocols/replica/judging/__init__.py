"""Rules of the replica that the suites judge a service and its devices by. Pure."""
