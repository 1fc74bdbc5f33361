"""The flows of the source document, and the parties in them that the harness does not play. Pure."""

A_FLOW = "flow"  # as what a scenario begins in: the steps of a flow alone, whoever stands opposite

# Connections in the record of a run that watches an operator's service and device.
DEVICE = "device"  # the device in a flow, played or not
APP = "app"  # a component of ours
THE_SERVICE = "service"  # what the service says to the device
OTHERS = "others"  # what components ask for, ours among them

REPORT = "report"  # the name by which a report of a watched device is given the number of its step
