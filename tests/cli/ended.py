"""How a command of ours ends."""

from harness.cli import main


def ended(*words: str) -> int | str | None:
    """The exit code; argparse raises it."""
    try:
        return main(words)
    except SystemExit as end:
        return end.code
