"""The tests of protocols.udmi.judging.configs."""
