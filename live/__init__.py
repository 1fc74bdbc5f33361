"""The suites in real time: against the lone simulator, over every road on which a device and a broker can meet."""
