"""A box that gathers log entries for 10 s, as UDMI's reference device does."""

from live.devices.plain import Device, main


class GathersBriefly(Device):
    """Shorter than most waits for a log, longer than what a message takes."""

    gathers_for = 10.0


if __name__ == "__main__":
    main(GathersBriefly)
