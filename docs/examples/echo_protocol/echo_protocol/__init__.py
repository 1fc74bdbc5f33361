"""A toy protocol: what a device is called at `echo/ID/call` comes back at `echo/ID/answer`, as it was, in a second."""
