"""RFC 3339, between text and Unix seconds."""

import re
from datetime import UTC, datetime
from functools import lru_cache

_WHERE_A_MONTH_BEGINS = "01 00:00:00"  # only there a leap second can have been
_SECONDS = slice(17, 19)  # where they stand in it
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


@lru_cache(1_000)  # whoever writes a message, and whoever reads it, names the same few instants again and again
def rfc3339(time: float) -> str:
    """UTC, with milliseconds where there are any."""
    whole = time == int(time)
    text = datetime.fromtimestamp(time, UTC).isoformat(timespec="seconds" if whole else "milliseconds")
    return text.replace("+00:00", "Z")


def parsed_timestamp(text: str) -> float | None:
    """Unix seconds; None if the text is not RFC 3339, which wants an offset. A leap second is the one after it."""
    if not _RFC_3339.fullmatch(text):
        return None
    leaps = text[_SECONDS] == "60"
    try:
        time = datetime.fromisoformat((_before(text) if leaps else text).upper()).timestamp() + leaps
        if leaps and datetime.fromtimestamp(time, UTC).strftime("%d %H:%M:%S") != _WHERE_A_MONTH_BEGINS:
            return None
        rfc3339(time)  # a story must be able to name it
    except (ValueError, OverflowError):  # the 31st of February; in UTC, the year 0 or 10000
        return None
    return time


def _before(text: str) -> str:
    """The instant a second before: Python's calendar has no second of the number 60."""
    return f"{text[: _SECONDS.start]}59{text[_SECONDS.stop :]}"
