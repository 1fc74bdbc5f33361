"""Whether a config can be worked on at all. UDMI 1.5, config sequence, hard errors."""

from harness.protocols.udmi.words.messages import Config

# The message itself, the blocks that are read, and the fields that it must have.
_SPOILING = frozenset({"", "system", "pointset", "timestamp", "version"})


def unusable(config: Config) -> str | None:
    """Why not, in a few words; None where it can be. What is odd inside a block spoils no more than that."""
    for problem in config.problems:
        if problem.path in _SPOILING:
            return str(problem)
    if config.timestamp is None:
        return "it has no timestamp"
    return "it has no version" if config.version is None else None
