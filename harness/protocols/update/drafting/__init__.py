"""The draft of a profile: of an update agent, or of a device, from the current state that it shows."""
