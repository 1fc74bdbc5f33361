"""A box that takes a config delivered again for a new one: its etag is stale by then, so its write is refused."""

from live.devices.plain import Device, main


class TakesTwice(Device):
    """Without memory of what came."""

    def is_repeated(self, payload: bytes) -> bool:
        """Each is the first."""
        del payload
        return False


if __name__ == "__main__":
    main(TakesTwice)
