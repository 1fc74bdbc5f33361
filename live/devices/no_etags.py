"""A box without state_etag: it reports none, and looks at none."""

from typing import Any

from live.devices.plain import Device, main


class NoEtags(Device):
    """An etag is a should."""

    def pointset(self) -> dict[str, Any]:
        """Points alone."""
        block = super().pointset()
        del block["pointset"]["state_etag"]
        return block

    def objection(self, pointset: dict[str, Any], at: float, expires: float | None) -> str | None:
        """No objection, for any etag."""
        return super().objection({**pointset, "state_etag": None}, at, expires)


if __name__ == "__main__":
    main(NoEtags)
