"""Questions to the history of an update, and the law that suites hold agents and devices to. Pure."""
