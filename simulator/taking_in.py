"""Whether a config can be worked on at all. UDMI 1.5, config sequence, hard errors."""

from harness.wire.udmi import Config

_REQUIRED = ("timestamp", "version")
_WHOLE = ("", "system", "pointset")  # the message itself, and the blocks that are read


def unusable(config: Config) -> str | None:
    """Why not, in a few words; None where it can be. What is odd inside a block spoils no more than that."""
    problem = next((one for one in config.problems if one.path in (*_WHOLE, *_REQUIRED)), None)
    if problem:
        return str(problem)
    missing = next((name for name in _REQUIRED if getattr(config, name) is None), None)
    return f"it has no {missing}" if missing else None
