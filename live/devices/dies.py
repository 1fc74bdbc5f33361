"""A box that takes a block for an object unseen: a config whose pointset is a text ends its process, for good."""

from typing import Any

from live.devices.plain import Device, main


class Dies(Device):
    """Nobody starts it anew."""

    def check_block(self, block: dict[str, Any], name: str) -> None:
        """It has always been one."""


if __name__ == "__main__":
    main(Dies)
