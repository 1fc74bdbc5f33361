"""A box without a note of when it started: last_start is now less its uptime in whole seconds, so it jitters by one."""

import time

from live.devices.plain import Device, main
from live.devices.points import stamp


class StartJitters(Device):
    """Its uptime counter has seconds."""

    def last_start(self) -> str:
        """Reckoned anew each time."""
        uptime = int(time.time() - self.started)
        return stamp(int(time.time()) - uptime)


if __name__ == "__main__":
    main(StartJitters)
