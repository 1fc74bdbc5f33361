"""Windows that several judgements share."""

from harness.suite import within

IN_TIME = within(20)  # no source sets a time here; UDMI's own sequencer waits so long. Scenarios wait a little longer.
PROMPTLY = within(5)  # what a device may take to answer a config, as no source says how soon "at once" is
MINUTE = within(65)  # a write may take a minute before it is a failure
A_LOG = within(30)  # nor here; for a log entry the sequencer waits so long
