"""A box that gathers log entries for 20 s, to send fewer messages; each keeps its own time."""

from live.devices.plain import Device, main


class Gathers(Device):
    """Patient with its log."""

    gathers_for = 20.0


if __name__ == "__main__":
    main(Gathers)
