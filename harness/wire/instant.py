"""RFC 3339, between text and Unix seconds."""

import re
from datetime import UTC, datetime
from functools import lru_cache

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


@lru_cache(1_000)  # whoever writes a message, and whoever reads it, names the same few instants again and again
def rfc3339(instant: float) -> str:
    """UTC, with milliseconds where there are any."""
    whole = instant == int(instant)
    text = datetime.fromtimestamp(instant, UTC).isoformat(timespec="seconds" if whole else "milliseconds")
    return text.replace("+00:00", "Z")


def instant_of(text: str) -> float | None:
    """Unix seconds; None if the text is not RFC 3339, which wants an offset."""
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        instant = datetime.fromisoformat(text.upper()).timestamp()
        rfc3339(instant)  # a story must be able to name it
    except (ValueError, OverflowError):  # the 31st of February; in UTC, the year 0 or 10000
        return None
    return instant
