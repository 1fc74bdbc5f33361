"""The tests of protocols.udmi.judging.writes."""
